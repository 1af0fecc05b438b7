package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.quant.Constants;

/** Sum of two tensors: {@code fmaf(x, rx, y * ry)}, clamped. */
final class AddOp extends PointwiseOp {
    private final Constants.Sum sum;

    AddOp(Node node, Constants.Sum sum) {
        super(node);
        this.sum = sum;
    }

    @Override
    void combine(float[] row, float[] other, int length) {
        float rx = sum.rx();
        float ry = sum.ry();
        for (int i = 0; i < length; i++) {
            row[i] = Math.fma(row[i], rx, other[i] * ry);
        }
    }

    @Override
    void apply(float[] row, int channel, int length) {
        RescaleOp.clamp(row, length, sum.lo(), sum.hi());
    }
}
