package dev.octet.compiler.verify;

import dev.octet.plan.extension.OperatorExtensions;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.util.List;
import java.util.Optional;

/** An unsigned value is one of which the topology proves that it is never negative. */
final class UnsignedProven implements Check {
    @Override
    public Optional<String> offence(Scope scope, Node node) {
        boolean unsigned = node.type().element() == ElementType.U8 && !(node.op() instanceof Op.Input);
        return Check.when(unsigned && !isProven(scope, node), "it is unsigned, but may be negative");
    }

    private static boolean isProven(Scope scope, Node node) {
        if (node.op().activation().isNonNegative()) {
            return true;
        }
        List<Boolean> unsigned = scope.operands(node).stream()
                .map(operand -> isNonNegative(scope, operand))
                .toList();
        if (node.op() instanceof Op.Extension op) {
            return OperatorExtensions.find(op.operator()).isNonNegative(unsigned, op.attributes());
        }
        boolean keepsSign = node.op().keepsScale()
                || node.op() instanceof Op.Add
                || node.op() instanceof Op.Gate
                || node.op() instanceof Op.Concat
                || node.op() instanceof Op.Requantize
                || node.op() instanceof Op.AvgPool
                || node.op() instanceof Op.GlobalAvgPool;
        return keepsSign && !unsigned.contains(false);
    }

    /** Floats have no type that says so. */
    private static boolean isNonNegative(Scope scope, Node node) {
        ElementType element = node.type().element();
        return element == ElementType.U8 || element == ElementType.F32 && isProven(scope, node);
    }
}
