package dev.octet.compiler.verify;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;
import java.util.Optional;

/**
 * Everything is float before quantisation; afterwards integers inside, and floats at inputs, at outputs and around operators
 * that stay in FP32.
 */
final class ElementTypes implements Check {
    @Override
    public Optional<String> offence(Scope scope, Node node) {
        TensorType type = node.type();
        if (!scope.isQuantized()) {
            boolean plain = type.element() == ElementType.F32 && !node.fp32();
            return Check.when(!plain, "a %s value is float and not marked, not %s", scope.stage(), type);
        }
        if (node.op() instanceof Op.Input) {
            boolean raw = type.element() == ElementType.U8 && type.scale().isEmpty();
            return Check.when(
                    !raw && type.element() != ElementType.F32,
                    "a quantised network reads raw pixels or floats, not %s",
                    type);
        }
        if (node.op() instanceof Op.Output) {
            boolean floats = scope.operandType(node).element() == ElementType.F32 && type.element() == ElementType.F32;
            return Check.when(!floats, "an output is float, not %s", scope.operandType(node));
        }
        Optional<String> operands = operands(scope, node);
        return operands.isPresent() ? operands : result(scope, node);
    }

    private static Optional<String> operands(Scope scope, Node node) {
        if (node.op() instanceof Op.Softmax) {
            return Check.when(scope.operandType(node).element() != ElementType.F32, "a softmax reads floats");
        }
        boolean ofInput = node.op() instanceof Op.Quantize;
        boolean floats = node.fp32() || node.op() instanceof Op.Dequantize || node.op() instanceof Op.Requantize;
        for (Node operand : scope.operands(node)) {
            boolean integer = operand.type().element().isInteger();
            boolean fits = ofInput == operand.op() instanceof Op.Input
                    && (ofInput || integer || floats && !operand.isLogicalOrder());
            if (!fits) {
                return Optional.of("it cannot read %s %s"
                        .formatted(operand.type().element().text(), operand.name()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> result(Scope scope, Node node) {
        boolean isFloat = node.type().element() == ElementType.F32;
        if (node.op() instanceof Op.Dequantize || node.op() instanceof Op.Softmax) {
            return Check.when(!isFloat || node.fp32() || scope.isUsedInside(node), "it makes floats, for outputs only");
        }
        if (node.fp32()) {
            boolean border = node.op() instanceof Op.Quantize || node.op() instanceof Op.Requantize;
            return Check.when(border, "it has no arithmetic that could stay in FP32");
        }
        if (!isFloat || node.op() instanceof Op.Quantize) {
            return Optional.empty();
        }
        boolean layer = node.layer().isPresent() && node.inputs().size() == 1;
        boolean allowed = layer && node.type().shape().pixels() == 1 && !scope.isUsedInside(node);
        return Check.when(
                !allowed,
                "only a layer of one pixel without residual before outputs, or what stays in FP32, writes floats");
    }
}
