package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import dev.octet.runtime.cpu.Slices.Slice;
import dev.octet.runtime.cpu.Tiling.Tile;
import java.util.List;

/**
 * Convolution with its epilogue. Per tile, the input becomes rows of floats, one per (window row, column, channel),
 * each as long as the tile has output pixels; every output channel then accumulates its weighted sum of rows, in that
 * order. One fused multiply-add per term makes it the contract's chain for floats, and exact for integers.
 */
final class ConvOp implements CpuOp {
    /** Floats that the sums of a tile should occupy: about a first-level cache. */
    private static final int SUMS = 16384;
    /** Batches with fewer images are cut into smaller tiles, so that threads share an image. */
    private static final int FEW = 4;
    /** Floats that operand rows should occupy: well within a second-level cache. */
    private static final int ROWS = 65536;

    private final int output;
    private final int input;
    private final int residual;
    private final Window window;
    private final LayerWeights weights;
    private final Epilogue epilogue;
    private final Tiling coarse;
    private final Tiling fine;
    private final Patch patch;
    private final List<Slice> slices;

    ConvOp(Node node, Op.Conv2d op, TensorType operand, LayerWeights weights, Epilogue epilogue) {
        this.output = node.id();
        this.input = node.input();
        this.residual = op.epilogue().residual() ? node.inputs().get(1) : -1;
        this.window = op.window();
        this.weights = weights;
        this.epilogue = epilogue;
        int target = Math.min(Math.max(SUMS / weights.out(), 128), 512);
        this.coarse = new Tiling(node.type().shape(), target);
        this.fine = new Tiling(node.type().shape(), target / 4);
        this.patch = new Patch(operand.shape(), window, 0);
        int limit = Math.max(64, ROWS / target / 8 * 8);
        this.slices = operand.element().isInteger()
                ? Slices.integers(weights.rows(), operand.element().max(), limit)
                : Slices.floats(weights.terms(), limit);
    }

    @Override
    public long bytes() {
        return weights.bytes();
    }

    @Override
    public int units(int batch) {
        return tiling(batch).count(batch);
    }

    private Tiling tiling(int batch) {
        return batch < FEW ? fine : coarse;
    }

    @Override
    public void run(int unit, Frame frame, Scratch scratch) {
        Tile tile = tiling(frame.batch()).tile(unit, frame.batch());
        float[][] planes = load(frame.tensor(input), tile, scratch);
        Accumulators sums = new Accumulators(scratch, weights.out(), tile.length());
        for (Slice slice : slices) {
            float[][] rows = rows(slice, planes, tile, scratch);
            Axpy.accumulate(
                    sums.sums(), weights.rows(), weights.out(), rows, slice.first(), slice.count(), tile.length());
            if (slice.carry()) {
                sums.carry(scratch);
            }
        }
        sums.finish();
        store(sums.sums(), tile, frame, scratch);
    }

    private float[][] load(Tensor from, Tile tile, Scratch scratch) {
        float[][] planes = scratch.planes.get(weights.in(), patch.planeLength(tile));
        for (int c = 0; c < weights.in(); c++) {
            patch.load(from, tile, c, planes[c]);
        }
        return planes;
    }

    private float[][] rows(Slice slice, float[][] planes, Tile tile, Scratch scratch) {
        float[][] rows = scratch.rows.get(slice.count(), tile.length());
        for (int k = 0; k < slice.count(); k++) {
            int term = slice.first() + k;
            int tap = term / weights.in();
            patch.copyTap(planes[term % weights.in()], tile, tap / window.kernelW(), tap % window.kernelW(), rows[k]);
        }
        return rows;
    }

    private void store(float[][] sums, Tile tile, Frame frame, Scratch scratch) {
        Tensor to = frame.tensor(output);
        for (int c = 0; c < weights.out(); c++) {
            finish(sums[c], c, tile, frame, scratch);
            TileRows.write(to, tile, c, sums[c]);
        }
        TileRows.clearPadding(to, tile);
    }

    private void finish(float[] sums, int channel, Tile tile, Frame frame, Scratch scratch) {
        if (residual < 0) {
            epilogue.apply(sums, channel, tile.length());
            return;
        }
        float[] other = scratch.others.get(tile.length());
        TileRows.read(frame.tensor(residual), tile, channel, other);
        epilogue.apply(sums, other, channel, tile.length());
    }
}
