package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;

/** Elements times a factor, clamped: activations alone, and floats from bytes. */
final class RescaleOp extends PointwiseOp {
    private final float factor;
    private final float lo;
    private final float hi;

    RescaleOp(Node node, float factor, float lo, float hi) {
        super(node);
        this.factor = factor;
        this.lo = lo;
        this.hi = hi;
    }

    @Override
    void apply(float[] row, int channel, int length) {
        float f = factor;
        for (int i = 0; i < length; i++) {
            row[i] = row[i] * f;
        }
        clamp(row, length, lo, hi);
    }

    static void clamp(float[] row, int length, float lo, float hi) {
        for (int i = 0; i < length; i++) {
            row[i] = Math.min(Math.max(row[i], lo), hi);
        }
    }
}
