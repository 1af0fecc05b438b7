package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.runtime.cpu.Tiling.Tile;
import java.util.Arrays;

/**
 * The part of an input that a tile's windows cover, one plane of floats per channel, with padding in place. Columns
 * are sorted by their remainder modulo the stride, so that what one tap sees along a row of outputs is contiguous. Rows
 * and columns with remainders that no tap has are left out.
 */
final class Patch {
    private final Shape shape;
    private final Window window;
    private final float outside;
    private final int phaseWidth;
    private final int rowLength;
    private final boolean[] seenRows;
    private final boolean[] seenColumns;

    /** Patches of inputs with the given shape; {@code outside} is what padding holds. */
    Patch(Shape shape, Window window, float outside) {
        this.shape = shape;
        this.window = window;
        this.outside = outside;
        int padded = window.left() + shape.width() + window.right();
        phaseWidth = (padded + window.strideW() - 1) / window.strideW();
        rowLength = Math.multiplyExact(phaseWidth, window.strideW());
        seenRows = remainders(window.kernelH(), window.dilationH(), window.strideH());
        seenColumns = remainders(window.kernelW(), window.dilationW(), window.strideW());
    }

    /** Which remainders modulo the stride taps have. */
    private static boolean[] remainders(int taps, int dilation, int stride) {
        boolean[] seen = new boolean[stride];
        for (int tap = 0; tap < Math.min(taps, stride); tap++) {
            seen[(int) ((long) tap * dilation % stride)] = true;
        }
        return seen;
    }

    /** Length of a plane for a tile. */
    int planeLength(Tile tile) {
        return Math.multiplyExact(Math.multiplyExact(tile.images(), inputRows(tile)), rowLength);
    }

    private int inputRows(Tile tile) {
        return (tile.rows() - 1) * window.strideH() + window.spanH();
    }

    /** Reads what a tile needs of one channel. */
    void load(Tensor from, Tile tile, int channel, float[] plane) {
        int top = tile.firstRow() * window.strideH() - window.top();
        int at = 0;
        for (int image = 0; image < tile.images(); image++) {
            for (int row = 0; row < inputRows(tile); row++) {
                if (seenRows[row % window.strideH()]) {
                    loadRow(from, tile.firstImage() + image, channel, top + row, plane, at);
                }
                at += rowLength;
            }
        }
    }

    private void loadRow(Tensor from, int image, int channel, int y, float[] plane, int at) {
        if (y < 0 || y >= shape.height()) {
            Arrays.fill(plane, at, at + rowLength, outside);
            return;
        }
        for (int phase = 0; phase < window.strideW(); phase++) {
            if (seenColumns[phase]) {
                loadPhase(from, image, channel, y, phase, plane, at + phase * phaseWidth);
            }
        }
    }

    /** Columns x with (x + left) % stride == phase. */
    private void loadPhase(Tensor from, int image, int channel, int y, int phase, float[] plane, int at) {
        int stride = window.strideW();
        int skipped = Math.max(0, (window.left() - phase + stride - 1) / stride);
        int x = phase + skipped * stride - window.left();
        int count = x < shape.width() ? (shape.width() - x + stride - 1) / stride : 0;
        Arrays.fill(plane, at, at + Math.min(skipped, phaseWidth), outside);
        if (count > 0) {
            from.read(image, channel, y * shape.width() + x, stride, count, plane, at + skipped);
        }
        int filled = Math.min(skipped + count, phaseWidth);
        Arrays.fill(plane, at + filled, at + phaseWidth, outside);
    }

    /** Copies what tap (r, s) of a plane sees at every output pixel of the tile. */
    void copyTap(float[] plane, Tile tile, int r, int s, float[] to) {
        int column = s * window.dilationW();
        int shift = column % window.strideW() * phaseWidth + column / window.strideW();
        int next = 0;
        for (int image = 0; image < tile.images(); image++) {
            int from = (image * inputRows(tile) + r * window.dilationH()) * rowLength + shift;
            for (int row = 0; row < tile.rows(); row++) {
                System.arraycopy(plane, from, to, next, tile.width());
                from += window.strideH() * rowLength;
                next += tile.width();
            }
        }
    }
}
