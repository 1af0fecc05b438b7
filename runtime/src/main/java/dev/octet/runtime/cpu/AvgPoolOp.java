package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.quant.Constants;
import dev.octet.runtime.cpu.Tiling.Tile;

/** Mean over a window: the sum row by row from 0, to which zeros of the padding add nothing, times a factor. */
final class AvgPoolOp implements CpuOp {
    private static final int PIXELS = 512;
    /** So many bytes have a sum below 2^24, which a float holds exactly. */
    private static final int EXACT_TAPS = 1 << 16;

    private final Node node;
    private final Op.AvgPool op;
    private final Shape operand;
    private final boolean integer;
    private final Constants.WindowMean mean;
    private final Tiling tiling;
    private final Patch patch;

    AvgPoolOp(Node node, Op.AvgPool op, TensorType operand, Constants.WindowMean mean) {
        this.node = node;
        this.op = op;
        this.operand = operand.shape();
        this.integer = operand.element().isInteger();
        this.mean = mean;
        this.tiling = new Tiling(node.type().shape(), PIXELS);
        this.patch = new Patch(operand.shape(), op.window(), 0);
    }

    @Override
    public int units(int batch) {
        return tiling.count(batch);
    }

    @Override
    public void run(int unit, Frame frame, Scratch scratch) {
        Tile tile = tiling.tile(unit, frame.batch());
        float[] plane = scratch.planes.get(patch.planeLength(tile));
        float[] factors = factors(tile, scratch.others.get(tile.length()));
        Tensor to = frame.tensor(node.id());
        for (int c = 0; c < node.type().shape().channels(); c++) {
            patch.load(frame.tensor(node.input()), tile, c, plane);
            float[] sums = sums(plane, tile, scratch);
            for (int i = 0; i < tile.length(); i++) {
                sums[i] = sums[i] * factors[i];
            }
            RescaleOp.clamp(sums, tile.length(), mean.lo(), mean.hi());
            TileRows.write(to, tile, c, sums);
        }
        TileRows.clearPadding(to, tile);
    }

    /** The factor of every pixel of a tile, by how many taps count there. */
    private float[] factors(Tile tile, float[] factors) {
        int next = 0;
        for (int image = 0; image < tile.images(); image++) {
            for (int row = tile.firstRow(); row < tile.firstRow() + tile.rows(); row++) {
                for (int column = 0; column < tile.width(); column++) {
                    factors[next++] = mean.factor()[op.count(operand, row, column)];
                }
            }
        }
        return factors;
    }

    private float[] sums(float[] plane, Tile tile, Scratch scratch) {
        Window window = op.window();
        float[] seen = scratch.rows.get(tile.length());
        Accumulators sums = new Accumulators(scratch, 1, tile.length());
        for (int tap = 0; tap < window.taps(); tap++) {
            patch.copyTap(plane, tile, tap / window.kernelW(), tap % window.kernelW(), seen);
            add(sums.sums()[0], seen, tile.length());
            boolean full = (tap + 1) % EXACT_TAPS == 0 || tap + 1 == window.taps();
            if (integer && window.taps() > EXACT_TAPS && full) {
                sums.carry(scratch);
            }
        }
        sums.finish();
        return sums.sums()[0];
    }

    private static void add(float[] sums, float[] seen, int length) {
        for (int i = 0; i < length; i++) {
            sums[i] = sums[i] + seen[i];
        }
    }
}
