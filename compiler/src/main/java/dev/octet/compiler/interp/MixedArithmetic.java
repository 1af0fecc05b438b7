package dev.octet.compiler.interp;

import dev.octet.plan.graph.Node;
import dev.octet.plan.quant.Constants;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates an operator of a quantised graph that stays in FP32: as in a float graph, with integer operands taken as
 * {@code q * scale}, and {@code rint(clamp(v * inverse))} where the result is an integer.
 */
final class MixedArithmetic {
    private MixedArithmetic() {}

    /** The node's value; {@code constants} is a {@link Constants.FloatBorder}, or null if no integers are at hand. */
    static Tensor value(FloatLayers layers, Constants constants, Node node, List<Tensor> operands) {
        Constants.FloatBorder border = (Constants.FloatBorder) constants;
        List<Tensor> reals = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            reals.add(operands.get(i) instanceof ByteTensor bytes ? real(bytes, border.scale()[i]) : operands.get(i));
        }
        FloatTensor result = (FloatTensor) node.op().accept(new FloatArithmetic(layers, node, reals));
        return node.type().element().isInteger() ? rounded(result, border) : result;
    }

    private static FloatTensor real(ByteTensor bytes, float scale) {
        float[] values = new float[bytes.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.values()[i] * scale;
        }
        return new FloatTensor(bytes.shape(), values);
    }

    private static ByteTensor rounded(FloatTensor result, Constants.FloatBorder border) {
        int[] values = new int[result.values().length];
        for (int i = 0; i < values.length; i++) {
            float steps = result.values()[i] * border.inverse();
            values[i] = (int) Math.rint(Math.min(Math.max(steps, border.lo()), border.hi()));
        }
        return new ByteTensor(result.shape(), values);
    }
}
