package dev.octet.plan.text;

import dev.octet.plan.graph.Constant;
import dev.octet.plan.internal.Cursor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Text of constant expressions: {@code tensor(key,[16,3,3,3])}, {@code scaled(weight,norm)}, {@code shifted(bias,norm)},
 * {@code norm(layer,channels,epsilon)}, {@code ones([16,1,1,1])}; {@code none} for a missing bias.
 */
final class ConstantText {
    private static final int MAX_RANK = 4;
    private static final String NONE = "none";

    private ConstantText() {}

    static String print(Optional<Constant> constant) {
        return constant.map(ConstantText::print).orElse(NONE);
    }

    static String print(Constant constant) {
        if (constant instanceof Constant.Tensor tensor) {
            return "tensor(" + Cursor.requireName(tensor.key()) + "," + dims(tensor.shape()) + ")";
        }
        if (constant instanceof Constant.Ones ones) {
            return "ones(" + dims(ones.shape()) + ")";
        }
        if (constant instanceof Constant.ScaledRows scaled) {
            return "scaled(" + print(scaled.weight()) + "," + print(scaled.norm()) + ")";
        }
        Constant.ShiftedBias shifted = (Constant.ShiftedBias) constant;
        return "shifted(" + print(shifted.bias()) + "," + print(shifted.norm()) + ")";
    }

    private static String dims(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    static String print(Constant.Norm norm) {
        return "norm(" + Cursor.requireName(norm.layer()) + "," + norm.channels() + "," + Decimals.text(norm.epsilon())
                + ")";
    }

    static Constant parse(Cursor in) {
        return parse(in, PlanLimits.CONSTANT_DEPTH)
                .orElseThrow(() -> new IllegalArgumentException("a weight is not 'none'"));
    }

    static Optional<Constant> parseOptional(Cursor in) {
        return parse(in, PlanLimits.CONSTANT_DEPTH);
    }

    static Constant.Norm parseNorm(Cursor in) {
        in.expect("norm(");
        String layer = in.name();
        in.expect(",");
        int channels = in.integer(1, Integer.MAX_VALUE);
        in.expect(",");
        Constant.Norm norm = new Constant.Norm(layer, channels, Decimals.parse(in));
        in.expect(")");
        return norm;
    }

    private static Optional<Constant> parse(Cursor in, int depth) {
        if (depth == 0) {
            throw new IllegalArgumentException("constants are nested more than " + PlanLimits.CONSTANT_DEPTH + " deep");
        }
        String kind = in.name();
        return switch (kind) {
            case NONE -> Optional.empty();
            case "tensor" -> Optional.of(parseTensor(in));
            case "ones" -> Optional.of(parseOnes(in));
            case "scaled" -> Optional.of(parseScaled(in, depth));
            case "shifted" -> Optional.of(parseShifted(in, depth));
            default -> throw new IllegalArgumentException("unknown constant '" + kind + "'");
        };
    }

    private static Constant parseTensor(Cursor in) {
        in.expect("(");
        String key = in.name();
        in.expect(",");
        Constant tensor = new Constant.Tensor(key, TypeText.parseDims(in, MAX_RANK));
        in.expect(")");
        return tensor;
    }

    private static Constant parseOnes(Cursor in) {
        in.expect("(");
        Constant ones = new Constant.Ones(TypeText.parseDims(in, MAX_RANK));
        in.expect(")");
        return ones;
    }

    private static Constant parseScaled(Cursor in, int depth) {
        in.expect("(");
        Constant weight =
                parse(in, depth - 1).orElseThrow(() -> new IllegalArgumentException("scaled rows need a weight"));
        in.expect(",");
        Constant scaled = new Constant.ScaledRows(weight, parseNorm(in));
        in.expect(")");
        return scaled;
    }

    private static Constant parseShifted(Cursor in, int depth) {
        in.expect("(");
        Optional<Constant> bias = parse(in, depth - 1);
        in.expect(",");
        Constant shifted = new Constant.ShiftedBias(bias, parseNorm(in));
        in.expect(")");
        return shifted;
    }
}
