package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;

/** Results of bytes from a table of 256: one for all channels, or one for each. */
final class LookUpOp extends PointwiseOp {
    private static final int BYTES = 256;

    private final int source;
    private final float[] table;

    /** Reads value {@code source}; {@code table[byte]} or {@code table[channel * 256 + byte]}, bytes unsigned. */
    LookUpOp(Node node, int source, float[] table) {
        super(node);
        this.source = source;
        this.table = table;
    }

    @Override
    int source() {
        return source;
    }

    @Override
    void apply(float[] row, int channel, int length) {
        int first = channel * BYTES % table.length;
        for (int i = 0; i < length; i++) {
            row[i] = table[first + ((int) row[i] & 0xff)];
        }
    }
}
