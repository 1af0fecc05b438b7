package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.runtime.cpu.Tiling.Tile;
import java.util.Arrays;

/**
 * The part of an input that a tile's windows cover, one plane of floats per channel, with padding in place. Rows and
 * columns are sorted by their remainders modulo the strides, each pair of which has an area of its own, so that what one
 * tap sees along a row of outputs is contiguous, and what it sees in the next row follows at a pitch that is the same
 * for all taps. Areas that no tap sees are left out.
 */
final class Patch {
    private static final int LANES = 16;

    private final Shape shape;
    private final Window window;
    private final float outside;
    private final int pitch;
    private final Remainders rows;
    private final Remainders columns;

    /** Patches of inputs with the given shape; {@code outside} is what padding holds. */
    Patch(Shape shape, Window window, float outside) {
        this.shape = shape;
        this.window = window;
        this.outside = outside;
        int padded = window.left() + shape.width() + window.right();
        pitch = (padded + window.strideW() - 1) / window.strideW();
        rows = Remainders.of(window.kernelH(), window.dilationH(), window.strideH());
        columns = Remainders.of(window.kernelW(), window.dilationW(), window.strideW());
    }

    /**
     * The remainders modulo the stride that taps have.
     *
     * @param index by remainder, from 0; {@link #UNSEEN} for those that no tap has
     * @param count number of those that some tap has
     */
    private record Remainders(int[] index, int count) {
        static final int UNSEEN = -1;

        static Remainders of(int taps, int dilation, int stride) {
            int[] index = new int[stride];
            Arrays.fill(index, UNSEEN);
            int count = 0;
            for (int tap = 0; tap < Math.min(taps, stride); tap++) {
                int remainder = (int) ((long) tap * dilation % stride);
                if (index[remainder] == UNSEEN) {
                    index[remainder] = count++;
                }
            }
            return new Remainders(index, count);
        }

        boolean has(int remainder) {
            return index[remainder] != UNSEEN;
        }
    }

    /**
     * Length of a plane for a tile.
     *
     * @throws OutOfMemoryError if no array is as long: there is no room for it
     */
    int planeLength(Tile tile) {
        double length = (double) rows.count() * columns.count() * tile.images() * areaRows(tile) * pitch;
        if (length > Integer.MAX_VALUE - LANES) {
            throw new OutOfMemoryError("a plane of " + length + " numbers");
        }
        return (int) length;
    }

    /** Numbers of an area in one image. */
    private int areaLength(Tile tile) {
        return areaRows(tile) * pitch;
    }

    private int areaRows(Tile tile) {
        return tile.rows() + (window.spanH() - 1) / window.strideH();
    }

    /** Reads what a tile needs of one channel. */
    void load(Tensor from, Tile tile, int channel, float[] plane) {
        load(from, tile, channel, 1, new float[][] {plane});
    }

    /** Reads what a tile needs of some neighbouring channels, each into its plane. */
    void load(Tensor from, Tile tile, int channel, int channels, float[][] planes) {
        if (!window.padding().equals(Border.NONE)) {
            for (int c = 0; c < channels; c++) {
                Arrays.fill(planes[c], 0, planeLength(tile), outside);
            }
        }
        int top = tile.firstRow() * window.strideH() - window.top();
        int bottom = top + (tile.rows() - 1) * window.strideH() + window.spanH();
        for (int image = 0; image < tile.images(); image++) {
            for (int y = Math.max(0, top); y < Math.min(shape.height(), bottom); y++) {
                int row = y - top;
                if (rows.has(row % window.strideH())) {
                    int at = image * areaLength(tile) + row / window.strideH() * pitch;
                    int area = rows.index()[row % window.strideH()] * columns.count();
                    loadRow(from, tile, tile.firstImage() + image, channel, channels, y, planes, at, area);
                }
            }
        }
    }

    private void loadRow(
            Tensor from, Tile tile, int image, int channel, int channels, int y, float[][] planes, int at, int area) {
        for (int phase = 0; phase < window.strideW(); phase++) {
            if (columns.has(phase)) {
                int start = at + (area + columns.index()[phase]) * tile.images() * areaLength(tile);
                loadPhase(from, image, channel, channels, y, phase, planes, start);
            }
        }
    }

    /** Columns x with (x + left) % stride == phase. */
    private void loadPhase(
            Tensor from, int image, int channel, int channels, int y, int phase, float[][] planes, int at) {
        int stride = window.strideW();
        int skipped = Math.max(0, (window.left() - phase + stride - 1) / stride);
        int x = phase + skipped * stride - window.left();
        int count = x < shape.width() ? (shape.width() - x + stride - 1) / stride : 0;
        if (count > 0) {
            int pixel = y * shape.width() + x;
            from.read(image, channel, channels, pixel, stride, count, planes, at + skipped);
        }
    }

    /** Where the first number that tap (r, s) sees is in a plane. */
    private int first(Tile tile, int r, int s) {
        int row = r * window.dilationH();
        int column = s * window.dilationW();
        int area = rows.index()[row % window.strideH()] * columns.count() + columns.index()[column % window.strideW()];
        int start = area * tile.images() * areaLength(tile);
        return start + row / window.strideH() * pitch + column / window.strideW();
    }

    /** Copies what tap (r, s) of a plane sees at every output pixel of the tile. */
    void copyTap(float[] plane, Tile tile, int r, int s, float[] to) {
        int first = first(tile, r, s);
        int next = 0;
        for (int image = 0; image < tile.images(); image++) {
            int from = first + image * areaLength(tile);
            for (int row = 0; row < tile.rows(); row++) {
                System.arraycopy(plane, from, to, next, tile.width());
                from += pitch;
                next += tile.width();
            }
        }
    }

    /** Length of a row for {@link #copyWide}. */
    int wideLength(Tile tile) {
        return (tile.images() * areaLength(tile) + LANES - 1) / LANES * LANES;
    }

    /**
     * Copies what tap (r, s) sees like {@link #copyTap}, all rows at once: after each row, and each image, follow numbers
     * that nobody needs.
     */
    void copyWide(float[] plane, Tile tile, int r, int s, float[] to) {
        int length = (tile.images() - 1) * areaLength(tile) + (tile.rows() - 1) * pitch + tile.width();
        System.arraycopy(plane, first(tile, r, s), to, 0, length);
    }

    /** Moves the output pixels of wide rows together, as {@link #copyTap} would have put them. */
    void narrow(float[] row, Tile tile) {
        int next = 0;
        for (int image = 0; image < tile.images(); image++) {
            for (int y = 0; y < tile.rows(); y++) {
                System.arraycopy(row, image * areaLength(tile) + y * pitch, row, next, tile.width());
                next += tile.width();
            }
        }
    }
}
