package dev.octet.compiler.verify;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;
import java.util.Optional;

/** A quantised value has the calibration key of the traced value that it stands for. */
final class ScalesNamed implements Check {
    @Override
    public Optional<String> offence(Scope scope, Node node) {
        boolean quantized =
                scope.isQuantized() && node.type().element().isInteger() && !(node.op() instanceof Op.Input);
        if (!quantized) {
            return Optional.empty();
        }
        if (node.op() instanceof Op.MaxPool) {
            TensorType operand = scope.operandType(node);
            boolean shared = operand.scale().equals(node.type().scale())
                    && operand.element() == node.type().element();
            return Check.when(!shared, "pooling keeps type and scale, %s became %s", operand, node.type());
        }
        String key =
                node.op() instanceof Op.Quantize ? scope.operands(node).get(0).name() : node.name();
        return Check.when(
                !node.type().scale().equals(Optional.of(key)),
                "its scale comes from %s, not from %s",
                node.type().scale().orElse("nowhere"),
                key);
    }
}
