package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.runtime.cpu.Tiling.Tile;

/** Every pixel becomes a block of equal ones. */
final class UpsampleOp implements CpuOp {
    private static final int PIXELS = 512;

    private final Node node;
    private final Op.Upsample by;
    private final int width;
    private final Tiling tiling;

    UpsampleOp(Node node, Op.Upsample by, Shape operand) {
        this.node = node;
        this.by = by;
        this.width = operand.width();
        this.tiling = new Tiling(node.type().shape(), PIXELS);
    }

    @Override
    public int units(int batch) {
        return tiling.count(batch);
    }

    @Override
    public void run(int unit, Frame frame, Scratch scratch) {
        Tile tile = tiling.tile(unit, frame.batch());
        float[] row = scratch.sums.get(tile.length());
        float[] seen = scratch.rows.get(width);
        Tensor from = frame.tensor(node.input());
        Tensor to = frame.tensor(node.id());
        for (int c = 0; c < node.type().shape().channels(); c++) {
            int next = 0;
            for (int image = 0; image < tile.images(); image++) {
                for (int y = tile.firstRow(); y < tile.firstRow() + tile.rows(); y++) {
                    from.read(tile.firstImage() + image, c, y / by.rows() * width, 1, width, seen, 0);
                    next = widen(seen, row, next);
                }
            }
            TileRows.write(to, tile, c, row);
        }
        TileRows.clearPadding(to, tile);
    }

    private int widen(float[] seen, float[] row, int first) {
        int next = first;
        for (int x = 0; x < width; x++) {
            for (int i = 0; i < by.columns(); i++) {
                row[next++] = seen[x];
            }
        }
        return next;
    }
}
