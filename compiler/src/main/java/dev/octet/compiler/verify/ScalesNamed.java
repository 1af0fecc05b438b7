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
        if (node.op().keepsScale() || node.op() instanceof Op.Concat) {
            for (Node operand : scope.operands(node)) {
                if (!sameScale(operand.type(), node.type())) {
                    return Optional.of(
                            "it keeps type and scale, but %s became %s".formatted(operand.type(), node.type()));
                }
            }
        }
        if (node.op().keepsScale()) {
            return Optional.empty();
        }
        String key =
                node.op() instanceof Op.Quantize ? scope.operands(node).get(0).name() : node.name();
        String found = node.type().scale().orElse("nowhere");
        boolean named = found.equals(key) || !(node.op() instanceof Op.Concat) && scope.isJoinedBy(node, found);
        return Check.when(!named, "its scale comes from %s, not from %s", found, key);
    }

    private static boolean sameScale(TensorType x, TensorType y) {
        return x.element() == y.element() && x.scale().equals(y.scale());
    }
}
