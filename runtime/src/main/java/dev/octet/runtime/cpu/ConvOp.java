package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import dev.octet.runtime.cpu.Slices.Slice;
import dev.octet.runtime.cpu.Tiling.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Convolution with its epilogue. Per tile, the input becomes rows of floats, one per (window row, column, channel),
 * each as long as the tile has output pixels; every output channel then accumulates its weighted sum of rows, in that
 * order. One fused multiply-add per term makes it the contract's chain for floats, and exact for integers. Groups of
 * channels come one after another, each like a convolution of its own.
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
    private final List<Group> groups;
    private final Epilogue epilogue;
    private final Tiling coarse;
    private final Tiling fine;
    private final Patch patch;
    private final List<Slice> slices;

    /**
     * Output channels that read the same input channels.
     *
     * @param in first input channel
     * @param out first output channel
     * @param rows weights {@code [out][tap * in + channel]} of the group's
     */
    private record Group(int in, int out, float[][] rows) {
        static List<Group> of(LayerWeights weights, int count) {
            int outputs = weights.out() / count;
            List<Group> groups = new ArrayList<>();
            for (int g = 0; g < count; g++) {
                float[][] rows = Arrays.copyOfRange(weights.rows(), g * outputs, (g + 1) * outputs);
                groups.add(new Group(g * weights.in(), g * outputs, rows));
            }
            return groups;
        }
    }

    ConvOp(Node node, Op.Conv2d op, TensorType operand, LayerWeights weights, Epilogue epilogue) {
        this.output = node.id();
        this.input = node.input();
        this.residual = op.epilogue().residual() ? node.inputs().get(1) : -1;
        this.window = op.window();
        this.weights = weights;
        this.groups = Group.of(weights, op.groups());
        this.epilogue = epilogue;
        int target = Math.min(Math.max(SUMS * op.groups() / weights.out(), 128), 512);
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
        for (Group group : groups) {
            float[][] planes = load(frame.tensor(input), tile, group, scratch);
            float[][] sums = sums(planes, tile, group, scratch);
            store(sums, tile, group, frame, scratch);
        }
        TileRows.clearPadding(frame.tensor(output), tile);
    }

    private float[][] load(Tensor from, Tile tile, Group group, Scratch scratch) {
        float[][] planes = scratch.planes.get(weights.in(), patch.planeLength(tile));
        for (int c = 0; c < weights.in(); c++) {
            patch.load(from, tile, group.in() + c, planes[c]);
        }
        return planes;
    }

    private float[][] sums(float[][] planes, Tile tile, Group group, Scratch scratch) {
        int outputs = group.rows().length;
        Accumulators sums = new Accumulators(scratch, outputs, tile.length());
        for (Slice slice : slices) {
            float[][] rows = rows(slice, planes, tile, scratch);
            Axpy.accumulate(sums.sums(), group.rows(), outputs, rows, slice.first(), slice.count(), tile.length());
            if (slice.carry()) {
                sums.carry(scratch);
            }
        }
        sums.finish();
        return sums.sums();
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

    private void store(float[][] sums, Tile tile, Group group, Frame frame, Scratch scratch) {
        Tensor to = frame.tensor(output);
        for (int c = 0; c < group.rows().length; c++) {
            finish(sums[c], group.out() + c, tile, frame, scratch);
            TileRows.write(to, tile, group.out() + c, sums[c]);
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
