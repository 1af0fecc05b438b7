package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;

/** Values of raw bytes, from a table of 256 results per channel. */
final class PixelOp extends PointwiseOp {
    private final int raw;
    private final float[] table;

    /** Reads value {@code raw}; {@code table[channel * 256 + byte]}. */
    PixelOp(Node node, int raw, float[] table) {
        super(node);
        this.raw = raw;
        this.table = table;
    }

    @Override
    int source() {
        return raw;
    }

    @Override
    void apply(float[] row, int channel, int length) {
        for (int i = 0; i < length; i++) {
            row[i] = table[channel * 256 + ((int) row[i] & 0xff)];
        }
    }
}
