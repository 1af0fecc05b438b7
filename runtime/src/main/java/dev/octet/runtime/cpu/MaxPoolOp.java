package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.runtime.cpu.Tiling.Tile;
import java.util.Arrays;

/** Maximum over a window; padding never wins. */
final class MaxPoolOp implements CpuOp {
    private static final int PIXELS = 512;

    private final Node node;
    private final Window window;
    private final Tiling tiling;
    private final Patch patch;

    MaxPoolOp(Node node, Window window, Shape operand) {
        this.node = node;
        this.window = window;
        this.tiling = new Tiling(node.type().shape(), PIXELS);
        this.patch = new Patch(operand, window, Float.NEGATIVE_INFINITY);
    }

    @Override
    public int units(int batch) {
        return tiling.count(batch);
    }

    @Override
    public void run(int unit, Frame frame, Scratch scratch) {
        Tile tile = tiling.tile(unit, frame.batch());
        float[] plane = scratch.planes.get(patch.planeLength(tile));
        float[] best = scratch.sums.get(tile.length());
        float[] seen = scratch.rows.get(tile.length());
        Tensor to = frame.tensor(node.id());
        for (int c = 0; c < node.type().shape().channels(); c++) {
            patch.load(frame.tensor(node.input()), tile, c, plane);
            Arrays.fill(best, Float.NEGATIVE_INFINITY);
            for (int tap = 0; tap < window.taps(); tap++) {
                patch.copyTap(plane, tile, tap / window.kernelW(), tap % window.kernelW(), seen);
                raise(best, seen, tile.length());
            }
            TileRows.write(to, tile, c, best);
        }
        TileRows.clearPadding(to, tile);
    }

    private static void raise(float[] best, float[] seen, int length) {
        for (int i = 0; i < length; i++) {
            best[i] = Math.max(best[i], seen[i]);
        }
    }
}
