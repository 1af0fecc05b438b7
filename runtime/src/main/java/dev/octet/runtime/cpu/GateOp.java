package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.quant.Constants;
import dev.octet.runtime.cpu.Tiling.Tile;

/** Product with a factor per channel and image, rescaled and clamped. The product of two bytes is exact in a float. */
final class GateOp implements CpuOp {
    private static final int PIXELS = 512;

    private final Node node;
    private final Tiling tiling;
    private final Constants.Rescale rescale;

    GateOp(Node node, Constants.Rescale rescale) {
        this.node = node;
        this.tiling = new Tiling(node.type().shape(), PIXELS);
        this.rescale = rescale;
    }

    @Override
    public int units(int batch) {
        return tiling.count(batch);
    }

    @Override
    public void run(int unit, Frame frame, Scratch scratch) {
        Tile tile = tiling.tile(unit, frame.batch());
        float[] row = scratch.sums.get(tile.length());
        Tensor to = frame.tensor(node.id());
        for (int c = 0; c < node.type().shape().channels(); c++) {
            TileRows.read(frame.tensor(node.input()), tile, c, row);
            multiply(frame.tensor(node.inputs().get(1)), tile, c, row, scratch.others.get(1));
            RescaleOp.clamp(row, tile.length(), rescale.lo(), rescale.hi());
            TileRows.write(to, tile, c, row);
        }
        TileRows.clearPadding(to, tile);
    }

    private void multiply(Tensor gates, Tile tile, int channel, float[] row, float[] gate) {
        int count = tile.pixelsPerImage();
        float factor = rescale.factor();
        for (int image = 0; image < tile.images(); image++) {
            gates.read(tile.firstImage() + image, channel, 0, 1, 1, gate, 0);
            float by = gate[0];
            for (int i = image * count; i < (image + 1) * count; i++) {
                row[i] = row[i] * by * factor;
            }
        }
    }
}
