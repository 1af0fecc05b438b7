package dev.octet.compiler.verify;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
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
        boolean keepsScale = node.op().keepsScale() && !node.fp32();
        if (keepsScale || node.op() instanceof Op.Concat && !node.fp32()) {
            for (Node operand : scope.operands(node)) {
                if (!operand.type().hasNumbersOf(node.type())) {
                    return Optional.of(
                            "it keeps type and scale, but %s became %s".formatted(operand.type(), node.type()));
                }
            }
        }
        if (keepsScale) {
            return Optional.empty();
        }
        Node operand = scope.operands(node).get(0);
        boolean rounds = node.op() instanceof Op.Quantize
                || node.op() instanceof Op.Requantize && operand.type().element() == ElementType.F32;
        String key = rounds ? operand.name() : node.name();
        String found = node.type().scale().orElse("nowhere");
        boolean named = found.equals(key)
                || (node.fp32() || !(node.op() instanceof Op.Concat)) && scope.isJoinedBy(node, found);
        return Check.when(!named, "its scale comes from %s, not from %s", found, key);
    }
}
