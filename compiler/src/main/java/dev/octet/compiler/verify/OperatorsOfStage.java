package dev.octet.compiler.verify;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Stage;
import java.util.Optional;

/** Each stage has its operators: what a pass removes stays away, and what a pass adds does not come early. */
final class OperatorsOfStage implements Check {
    @Override
    public Optional<String> offence(Scope scope, Node node) {
        Op op = node.op();
        Stage stage = scope.stage();
        String kind = op.getClass().getSimpleName();
        boolean gone = op instanceof Op.BatchNorm || op instanceof Op.Flatten;
        boolean border = op instanceof Op.Quantize || op instanceof Op.Dequantize || op instanceof Op.Requantize;
        if (gone && stage != Stage.TRACED) {
            return Optional.of("a %s graph has no %s".formatted(stage, kind));
        }
        if (border && !scope.isQuantized()) {
            return Optional.of("a %s graph has no %s".formatted(stage, kind));
        }
        return Check.when(
                isFused(op) && stage.compareTo(Stage.FUSED) < 0, "nothing is fused in a %s graph, found %s", stage, op);
    }

    private static boolean isFused(Op op) {
        if (op instanceof Op.Conv2d conv) {
            return !conv.epilogue().equals(Epilogue.PLAIN);
        }
        if (op instanceof Op.Dense dense) {
            return !dense.epilogue().equals(Epilogue.PLAIN);
        }
        return op instanceof Op.Add add && !add.activation().equals(Activation.NONE);
    }
}
