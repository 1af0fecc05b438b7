package dev.octet.compiler.verify;

import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import java.util.List;
import java.util.Optional;

/** Weights, biases and folded normalisations of a layer have the shapes that its operand and window demand. */
final class WeightShapes implements Check {
    @Override
    public Optional<String> offence(Scope scope, Node node) {
        if (node.op() instanceof Op.Conv2d conv) {
            Shape in = scope.operandType(node).shape();
            List<Integer> row = List.of(
                    in.channels() / conv.groups(),
                    conv.window().kernelH(),
                    conv.window().kernelW());
            return divides(conv, in)
                    ? layer(conv.weight(), conv.bias(), row)
                    : Optional.of("its %d groups do not divide its channels".formatted(conv.groups()));
        }
        if (node.op() instanceof Op.Dense dense) {
            return layer(
                    dense.weight(),
                    dense.bias(),
                    List.of(scope.operandType(node).shape().elements()));
        }
        return Optional.empty();
    }

    /** Output channels of a weight expression; empty where it is a bias. */
    static Optional<Integer> rows(Constant weight) {
        return shape(weight).stream().findFirst();
    }

    private static Optional<String> layer(Constant weight, Optional<Constant> bias, List<Integer> row) {
        List<Integer> shape = shape(weight);
        if (shape.isEmpty()) {
            return Optional.of("its weight is a bias: " + weight);
        }
        if (!shape.subList(1, shape.size()).equals(row)) {
            return Optional.of("its weights have rows of shape %s, its operand needs %s"
                    .formatted(shape.subList(1, shape.size()), row));
        }
        int channels = shape.get(0);
        boolean fits = normsHave(weight, channels)
                && bias.map(b -> isVector(b, channels)).orElse(true);
        return Check.when(!fits, "a bias or batch norm does not have %d channels", channels);
    }

    private static boolean divides(Op.Conv2d conv, Shape in) {
        return in.channels() % conv.groups() == 0
                && rows(conv.weight()).filter(rows -> rows % conv.groups() == 0).isPresent();
    }

    /** The shape of a weight expression; empty where it is a bias. */
    private static List<Integer> shape(Constant weight) {
        if (weight instanceof Constant.Tensor tensor) {
            return tensor.shape();
        }
        if (weight instanceof Constant.Ones ones) {
            return ones.shape();
        }
        return weight instanceof Constant.ScaledRows scaled ? shape(scaled.weight()) : List.of();
    }

    private static boolean normsHave(Constant weight, int channels) {
        return !(weight instanceof Constant.ScaledRows scaled)
                || scaled.norm().channels() == channels && normsHave(scaled.weight(), channels);
    }

    private static boolean isVector(Constant bias, int channels) {
        if (bias instanceof Constant.Tensor tensor) {
            return tensor.shape().equals(List.of(channels));
        }
        return bias instanceof Constant.ShiftedBias shifted
                && shifted.norm().channels() == channels
                && shifted.bias().map(b -> isVector(b, channels)).orElse(true);
    }
}
