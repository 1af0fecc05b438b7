package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.runtime.cpu.Tiling.Tile;

/** Frame of the operators that compute each element from elements at the same place. */
abstract class PointwiseOp implements CpuOp {
    private static final int PIXELS = 512;

    private final Node node;
    private final Tiling tiling;

    PointwiseOp(Node node) {
        this.node = node;
        this.tiling = new Tiling(node.type().shape(), PIXELS);
    }

    /** Computes {@code length} elements of a channel in place, from those of the first operand. */
    abstract void apply(float[] row, int channel, int length);

    /** Called before {@link #apply} with the second operand's elements, if there is one. */
    void combine(float[] row, float[] other, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final int units(int batch) {
        return tiling.count(batch);
    }

    @Override
    public final void run(int unit, Frame frame, Scratch scratch) {
        Tile tile = tiling.tile(unit, frame.batch());
        float[] row = scratch.sums.get(tile.length());
        Tensor to = frame.tensor(node.id());
        for (int c = 0; c < node.type().shape().channels(); c++) {
            TileRows.read(frame.tensor(source()), tile, c, row);
            if (node.inputs().size() == 2) {
                float[] other = scratch.others.get(tile.length());
                TileRows.read(frame.tensor(node.inputs().get(1)), tile, c, other);
                combine(row, other, tile.length());
            }
            apply(row, c, tile.length());
            TileRows.write(to, tile, c, row);
        }
        TileRows.clearPadding(to, tile);
    }

    /** Id of the first operand. */
    int source() {
        return node.input();
    }
}
