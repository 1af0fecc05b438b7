package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import dev.octet.runtime.cpu.Slices.Slice;
import dev.octet.runtime.cpu.Tiling.Tile;
import java.util.Arrays;
import java.util.List;

/**
 * Convolution with its epilogue. Per tile, the input becomes rows of floats, one per (window row, column, channel),
 * each as long as the tile has output pixels; every output channel then accumulates its weighted sum of rows, in that
 * order. One fused multiply-add per term makes it the contract's chain for floats, and exact for integers.
 *
 * <p>Groups of channels are convolutions of their own. Small ones are read and written several at a time, because
 * neighbouring channels share the memory's lines.
 */
final class ConvOp implements CpuOp {
    /** Floats that the sums of a tile should occupy: about a first-level cache. */
    private static final int SUMS = 16384;
    /** Batches with fewer images are cut into smaller tiles, so that threads share an image. */
    private static final int FEW = 4;
    /** Floats that operand rows should occupy: well within a second-level cache. */
    private static final int ROWS = 65536;
    /** Channels that are read and written together at least, if there are as many. */
    private static final int TOGETHER = 16;
    /** Pixels of a tile where few outputs use a row: as many as make up for what a tile costs by itself. */
    private static final int WIDE_TILE = 1024;
    /** Where a row is used for fewer outputs, making it costs more than multiplying numbers that nobody needs. */
    private static final int OUTPUTS_OF_NARROW_ROWS = 8;

    private final int output;
    private final int input;
    private final int residual;
    private final Window window;
    private final LayerWeights weights;
    private final int groups;
    private final int groupsTogether;
    private final int groupOutputs;
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
        this.groups = op.groups();
        this.groupOutputs = weights.out() / groups;
        this.groupsTogether = Math.max(1, TOGETHER / Math.max(groupOutputs, weights.in()));
        this.epilogue = epilogue;
        int target = isWide() ? WIDE_TILE : Math.min(Math.max(SUMS / groupOutputs, 128), 512);
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
        for (int first = 0; first < groups; first += groupsTogether) {
            int count = Math.min(groupsTogether, groups - first);
            float[][] planes = scratch.planes.get(count * weights.in(), patch.planeLength(tile));
            patch.load(frame.tensor(input), tile, first * weights.in(), count * weights.in(), planes);
            float[][] sums = sums(planes, tile, first, count, scratch);
            store(sums, tile, first * groupOutputs, count * groupOutputs, frame, scratch);
        }
        TileRows.clearPadding(frame.tensor(output), tile);
    }

    private boolean isWide() {
        return groupOutputs < OUTPUTS_OF_NARROW_ROWS;
    }

    /** Complete sums of some groups, one row of output pixels for each output channel. */
    private float[][] sums(float[][] planes, Tile tile, int first, int count, Scratch scratch) {
        int length = isWide() ? patch.wideLength(tile) : tile.length();
        Accumulators sums = new Accumulators(scratch, count * groupOutputs, length);
        for (Slice slice : slices) {
            for (int g = 0; g < count; g++) {
                float[][] rows = rows(slice, planes, g * weights.in(), tile, scratch);
                accumulate(sums.sums(), g * groupOutputs, (first + g) * groupOutputs, rows, slice, length);
            }
            if (slice.carry()) {
                sums.carry(scratch);
            }
        }
        sums.finish();
        for (int c = 0; isWide() && c < count * groupOutputs; c++) {
            patch.narrow(sums.sums()[c], tile);
        }
        return sums.sums();
    }

    private void accumulate(float[][] sums, int sum, int out, float[][] rows, Slice slice, int length) {
        float[][] ofGroup = Arrays.copyOfRange(sums, sum, sum + groupOutputs);
        float[][] factors = Arrays.copyOfRange(weights.rows(), out, out + groupOutputs);
        Axpy.accumulate(ofGroup, factors, groupOutputs, rows, slice.first(), slice.count(), length);
    }

    private float[][] rows(Slice slice, float[][] planes, int first, Tile tile, Scratch scratch) {
        int length = isWide() ? patch.wideLength(tile) : tile.length();
        float[][] rows = scratch.rows.get(slice.count(), length);
        for (int k = 0; k < slice.count(); k++) {
            int term = slice.first() + k;
            int tap = term / weights.in();
            float[] plane = planes[first + term % weights.in()];
            if (isWide()) {
                patch.copyWide(plane, tile, tap / window.kernelW(), tap % window.kernelW(), rows[k]);
            } else {
                patch.copyTap(plane, tile, tap / window.kernelW(), tap % window.kernelW(), rows[k]);
            }
        }
        return rows;
    }

    /** Finishes and writes channels in fours, while they are in the cache. */
    private void store(float[][] sums, Tile tile, int first, int channels, Frame frame, Scratch scratch) {
        Tensor to = frame.tensor(output);
        for (int c = 0; c < channels; c += 4) {
            int count = Math.min(4, channels - c);
            float[][] some = Arrays.copyOfRange(sums, c, c + count);
            for (int i = 0; i < count; i++) {
                finish(some[i], first + c + i, tile, frame, scratch);
            }
            TileRows.write(to, tile, first + c, count, some);
        }
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
