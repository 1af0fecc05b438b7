package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.Set;

/**
 * Variables of {@code conv2d_mma.vm}. M counts output pixels of the batch, N output channels, K bytes of a filter; a
 * <em>piece</em> is 16 bytes of K, what one thread copies at once.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param tile how it divides the work
 */
record Conv2dMmaVars(String name, KernelSpec.Conv2d spec, Schedule.TensorCoreTile tile) implements TapVars {
    private static final int PIECE = 16;
    private static final int PIECES = Schedule.TensorCoreTile.TILE_K / PIECE;
    private static final int STATIC_SHARED_MEMORY = 48 << 10;

    /** Threads that a multiprocessor holds at 128 registers each. */
    private static final int BUSY_THREADS = 512;
    /** The same at 168 registers: pieces on their way take some, and the largest tile would spill at 128. */
    private static final int BUSY_THREADS_THROUGH_REGISTERS = 384;

    Conv2dMmaVars {
        EpilogueShape.of(spec);
        require(
                tile.sharedBytes() <= STATIC_SHARED_MEMORY,
                "all stages fit the 48 KiB of static shared memory: %d bytes",
                tile.sharedBytes());
        int threads = tile.threads();
        require(
                tile.tileM() * PIECES % threads == 0 && tile.tileN() * PIECES % threads == 0,
                "all threads copy equal shares: %d threads for a tile of %dx%d",
                threads,
                tile.tileM(),
                tile.tileN());
    }

    @Override
    public String template() {
        return "cuda/conv2d_mma.vm";
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.of(DeviceCode.LOAD_MATRICES, product());
        if (asynchronous()) {
            code.addAll(Set.of(DeviceCode.COPY_ASYNC, DeviceCode.COMMIT_COPIES, DeviceCode.AWAIT_COPIES));
            if (readsWords()) {
                code.add(DeviceCode.COPY_WORD_ASYNC);
            }
        }
        code.addAll(epilogue().deviceCode());
        if (integerOut()) {
            code.add(DeviceCode.PACK);
        }
        return code;
    }

    @Override
    public int threads() {
        return tile.threads();
    }

    /** Blocks that are to fit a multiprocessor together by their registers. */
    int blocks() {
        return Math.max(1, (asynchronous() ? BUSY_THREADS : BUSY_THREADS_THROUGH_REGISTERS) / threads());
    }

    /** Whether operands are copied asynchronously. */
    boolean asynchronous() {
        return tile instanceof Schedule.MmaTile;
    }

    /** Whether operands are copied through registers. */
    boolean throughRegisters() {
        return !asynchronous();
    }

    String mma() {
        return product().function();
    }

    private DeviceCode product() {
        ByteType type = ByteType.of(spec.in());
        return asynchronous() ? type.mma() : type.mma8();
    }

    /** Whether a piece may be in several columns of the window. */
    boolean severalColumns() {
        return kernelW() > 1;
    }

    // The tile.

    int tileM() {
        return tile.tileM();
    }

    int tileN() {
        return tile.tileN();
    }

    int warpM() {
        return tile.warpM();
    }

    int warpN() {
        return tile.warpN();
    }

    /** Warps along N. */
    int warpsN() {
        return tileN() / warpN();
    }

    /** Whether warps lie side by side along N. */
    boolean severalWarpsN() {
        return warpsN() > 1;
    }

    /** The column where a warp begins, to which its channels are added, or empty. */
    String fromWarpColumn() {
        return severalWarpsN() ? "warpColumn + " : "";
    }

    int stages() {
        return tile.stages();
    }

    /** Steps by which copies are ahead. */
    int lead() {
        return stages() - 1;
    }

    /** Steps that may still be on their way while one is multiplied. */
    int pending() {
        return stages() - 2;
    }

    /** Tiles of 16 pixels of a warp. */
    int tilesM() {
        return warpM() / 16;
    }

    /** Tiles of 8 channels of a warp. */
    int tilesN() {
        return warpN() / 8;
    }

    /** Pairs of tiles of 8 channels: what one instruction loads. */
    int pairsN() {
        return warpN() / 16;
    }

    /** Pixels of a thread. */
    int threadM() {
        return warpM() / 8;
    }

    /** Channels of a thread. */
    int threadN() {
        return warpN() / 4;
    }

    /** Words that a thread's channels of one pixel fill. */
    int wordsN() {
        return threadN() / 4;
    }

    String vectorType() {
        return "uint" + wordsN();
    }

    int channelTiles() {
        return (channels() + tileN() - 1) / tileN();
    }

    /** Whether the last channel tile has threads without channels. */
    boolean partialN() {
        return channelTiles() * tileN() > lanes();
    }

    // Copies into shared memory.

    /** Pieces of K, the last one filled up. */
    int piecesK() {
        return (spec.k() + PIECE - 1) / PIECE;
    }

    int steps() {
        return (piecesK() + PIECES - 1) / PIECES;
    }

    @Override
    public boolean partialK() {
        return spec.k() % Schedule.TensorCoreTile.TILE_K != 0;
    }

    int piecesA() {
        return tileM() * PIECES;
    }

    /** Pieces of the input that a thread copies in a step. */
    int loadsA() {
        return piecesA() / threads();
    }

    /** What a thread copies of the input in a step, for people. */
    String copiesA() {
        String piece = readsWords() ? "one piece, 4 taps of one word each, of " : "one piece of ";
        return piece + (loadsA() == 1 ? "a pixel's window" : "each of " + loadsA() + " pixels' windows");
    }

    /** What originA counts, for people. */
    String originUnits() {
        return readsWords() ? "words" : "pieces";
    }

    /** The column of the window's tap, or empty if it has one column. */
    String plusTapColumn() {
        return severalColumns() ? " + tapColumn" : "";
    }

    /** Where a tap's piece lies behind the beginning of the window. */
    String tapOffset() {
        String pixel = "tapRow * " + inWidth() + plusTapColumn();
        if (inVectors() == 1) {
            return pixel;
        }
        return (severalColumns() ? "(" + pixel + ")" : pixel) + " * " + inVectors() + " + at % " + inVectors();
    }

    /** What is copied asynchronously: a source, and whether it is to be read. */
    String sourceA() {
        return copied("originA[i] + " + offset());
    }

    /** What is copied through registers. */
    String valueA() {
        String value = "__ldg(args.input + (originA[i] + " + offset() + "))";
        String zero = readsWords() ? "0" : "make_uint4(0, 0, 0, 0)";
        return guarded() ? "inside ? " + value + " : " + zero : value;
    }

    private boolean guarded() {
        return padded() || partialK();
    }

    private String offset() {
        return readsVectors() && !walksTaps() ? "at" : "offset";
    }

    /** Rows that all threads together copy at once. */
    int rowsPerLoad() {
        return threads() / PIECES;
    }

    int piecesB() {
        return tileN() * PIECES;
    }

    int loadsB() {
        return piecesB() / threads();
    }

    /** Pieces of all steps of a channel tile. */
    long weightsPerTile() {
        return (long) steps() * piecesB();
    }
}
