package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.quant.Constants;

/** Integers of a float input: {@code x * inverse}, zero where that is not a number, clamped. */
final class QuantizeFloatOp extends PointwiseOp {
    private final Constants.QuantizeFloat by;

    QuantizeFloatOp(Node node, Constants.QuantizeFloat by) {
        super(node);
        this.by = by;
    }

    /** A NaN would be rounded to whatever its lower bits are. */
    @Override
    void apply(float[] row, int channel, int length) {
        float inverse = by.inverse();
        for (int i = 0; i < length; i++) {
            float scaled = row[i] * inverse;
            row[i] = Float.isNaN(scaled) ? 0 : scaled;
        }
        RescaleOp.clamp(row, length, by.lo(), by.hi());
    }
}
