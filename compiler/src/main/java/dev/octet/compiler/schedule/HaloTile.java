package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.graph.Window;

/**
 * A convolution whose windows overlap, on the tensor cores of Hopper: a block keeps the weights of its channels in shared memory and
 * walks over tiles of {@code rows} by {@link #COLUMNS} output pixels of one image. What lies under a tile's windows is in shared memory
 * once, with a halo, and serves all taps; that of the next tile arrives meanwhile.
 *
 * @param rows output rows of a tile: 4, 8 or 14
 * @param tileN output channels of a tile: 64 or 128
 */
public record HaloTile(int rows, int tileN) implements WarpgroupTile {
    /** Output columns of a tile: pixels that the tensor cores take from one place. */
    public static final int COLUMNS = 8;

    /** Tiles whose input shared memory holds; the template has as many. */
    private static final int STAGES = 2;

    private static final int PIECE = 16;
    /** Pieces of all banks of shared memory. */
    private static final int PIECES_OF_BANKS = 8;

    public HaloTile {
        if (rows != 4 && rows != 8 && rows != 14 || tileN != 64 && tileN != 128) {
            throw new IllegalArgumentException("4, 8 or 14 rows, 64 or 128 channels: " + rows + "x" + tileN);
        }
    }

    /**
     * Whether a tile's input serves all taps of a convolution as it lies there: pixels of whole vectors under windows that stand side by
     * side. The two vectors of a product must be equally far apart in all its rows, and the second never before the first, so that their number
     * is one or even.
     */
    public static boolean suits(KernelSpec.Conv2d conv) {
        Window window = conv.window();
        int planes = planes(conv);
        return !conv.readsWords()
                && window.taps() > 1
                && window.strideH() == 1
                && window.strideW() == 1
                && !window.isDilated()
                && (planes == 1 || planes % 2 == 0);
    }

    @Override
    public int tileM() {
        return rows * COLUMNS;
    }

    @Override
    public boolean resident() {
        return true;
    }

    /** A tile is of one image. */
    @Override
    public long unitsOfImage(KernelSpec.Conv2d conv) {
        return (long) down(conv) * across(conv);
    }

    @Override
    public int unitsOfTile() {
        return 1;
    }

    @Override
    public int threads() {
        return WARPGROUP;
    }

    /** Tiles of an image along y. */
    public int down(KernelSpec.Conv2d conv) {
        return (conv.output().height() + rows - 1) / rows;
    }

    /** Tiles of an image along x. */
    public int across(KernelSpec.Conv2d conv) {
        return (conv.output().width() + COLUMNS - 1) / COLUMNS;
    }

    /** Rows of the input under a tile. */
    public int inputRows(KernelSpec.Conv2d conv) {
        return rows + conv.window().kernelH() - 1;
    }

    /** Columns of the input under a tile. */
    public int inputColumns(KernelSpec.Conv2d conv) {
        return COLUMNS + conv.window().kernelW() - 1;
    }

    /** Planes of 16 lanes of the input. */
    public static int planes(KernelSpec.Conv2d conv) {
        return conv.input().pitch() / PIECE;
    }

    /**
     * Pieces of 16 bytes from plane to plane in shared memory: so many more than whole rows of banks that the lanes of a pixel, which are
     * copied together, and those of its neighbours lie in different banks where 8 is a multiple of their number or the other way round.
     */
    public int piecesOfPlane(KernelSpec.Conv2d conv) {
        int pixels = inputRows(conv) * inputColumns(conv);
        int whole = (pixels + PIECES_OF_BANKS - 1) / PIECES_OF_BANKS * PIECES_OF_BANKS;
        return planes(conv) == 1 ? pixels : whole + Math.max(1, PIECES_OF_BANKS / planes(conv));
    }

    /** Four blocks with at most 32 sums a thread, three with at most 64. */
    @Override
    public int blocksByRegisters(KernelSpec.Conv2d conv) {
        if (sums() > 64) {
            return 2;
        }
        return sums() > 32 ? 3 : 4;
    }

    @Override
    public int sharedBytes(KernelSpec.Conv2d conv) {
        long weights = (long) steps(conv.k()) * tileN * TILE_K;
        long pixels = (long) STAGES * planes(conv) * piecesOfPlane(conv) * PIECE;
        return (int) Math.min(weights + pixels, Integer.MAX_VALUE);
    }

    @Override
    public String canonicalName() {
        return "h" + rows + "x" + COLUMNS + "x" + tileN;
    }
}
