package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.Set;

/**
 * Variables of {@code conv2d.vm}. M counts output pixels of the batch, N output channels, K bytes of a filter; a
 * <em>piece</em> is 16 bytes, what one thread moves at once, and a <em>vector</em> what it reads from shared memory
 * at once.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param tile how it divides the work
 */
record Conv2dVars(String name, KernelSpec.Conv2d spec, Schedule.Dp4aTile tile) implements TapVars {
    private static final int PIECE = 16;
    private static final int STATIC_SHARED_MEMORY = 48 << 10;

    /** Threads that keep the dp4a units of a multiprocessor busy. */
    private static final int BUSY_THREADS = 384;

    /** Words between rows of a beyond the pixels: two pieces of a pixel then fall into different halves of the banks. */
    private static final int SKEW = 4;

    Conv2dVars {
        EpilogueShape.of(spec);
        require(
                spec.readsWords() || spec.input().pitch() % tile.tileK() == 0,
                "a step stays within one tap: tileK %d does not divide pitch %d",
                tile.tileK(),
                spec.input().pitch());
        require(
                PIECE % tile.threadN() == 0,
                "a thread's channels lie in one group of 16, all stored or none: threadN %d",
                tile.threadN());
        require(
                tile.tileN() % LANES == 0,
                "channel tiles are whole groups of 16, so that they end where the lanes end: tileN %d",
                tile.tileN());
        int shared = 2 * tile.tileK() * (tile.tileM() + SKEW + tile.tileN());
        require(shared <= STATIC_SHARED_MEMORY, "two stages fit the 48 KiB of static shared memory: %d bytes", shared);
    }

    @Override
    public String template() {
        return "cuda/conv2d.vm";
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.of(ByteType.of(spec.in()).dp4a());
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

    /**
     * Blocks that are to fit a multiprocessor together: enough for 12 warps. That leaves a thread 168
     * registers; at 128, those of 16 warps, tiles of 8 by 8 a thread spill for some shapes.
     */
    int blocks() {
        return Math.max(1, BUSY_THREADS / threads());
    }

    String dp4a() {
        return ByteType.of(spec.in()).dp4a().function();
    }

    /** Whether taps have gaps between them. */
    boolean dilated() {
        return spec.window().isDilated();
    }

    /** Whether a tap takes several steps. */
    boolean splitTaps() {
        return taps() > 1 && inPitch() > tileK();
    }

    /** Whether every step is a tap. */
    boolean wholeTaps() {
        return taps() > 1 && inPitch() == tileK();
    }

    /** Whether a window may reach beyond an input of whole vectors. */
    boolean paddedVectors() {
        return readsVectors() && padded();
    }

    /** Whether no window does. */
    boolean insideVectors() {
        return readsVectors() && !padded();
    }

    /** Whether what a tap of a word reads depends on where it is. */
    boolean guarded() {
        return padded() || partialK();
    }

    /** Where the step after one of vectors begins, for people. */
    String walk() {
        if (splitTaps()) {
            return "further lanes, the next tap of the row, the next row of taps";
        }
        return wholeTaps() ? "the next tap of the row, the next row of taps" : "further lanes";
    }

    /** Vectors of the input that lie between the end of a tap and the beginning of the next of its row. */
    int tapGap() {
        return (dilationW() - 1) * inVectors();
    }

    private int gapOfRows() {
        return (dilationH() * inWidth() - kernelW() * dilationW()) * inVectors();
    }

    /** Whether the next row of taps does not begin where one ends. */
    boolean gapsOfRows() {
        return gapOfRows() != 0;
    }

    /** Vectors of the input between the end of one row of taps and the beginning of the next, as an assignment. */
    String tapRowGap() {
        return gapOfRows() < 0 ? "-= " + -gapOfRows() : "+= " + gapOfRows();
    }

    // The tile.

    int tileM() {
        return tile.tileM();
    }

    int tileN() {
        return tile.tileN();
    }

    int tileK() {
        return tile.tileK();
    }

    int threadM() {
        return tile.threadM();
    }

    int threadN() {
        return tile.threadN();
    }

    /** Threads along M. */
    int threadsM() {
        return tileM() / threadM();
    }

    /** Threads along N. */
    int threadsN() {
        return tileN() / threadN();
    }

    int steps() {
        return (spec.k() + tileK() - 1) / tileK();
    }

    @Override
    public boolean partialK() {
        return spec.k() % tileK() != 0;
    }

    /** Words of K in a step. */
    int words() {
        return tileK() / 4;
    }

    int channelTiles() {
        return (channels() + tileN() - 1) / tileN();
    }

    /** Whether the last channel tile has threads without channels. */
    boolean partialN() {
        return channelTiles() * tileN() > lanes();
    }

    // Copies into shared memory.

    int rowA() {
        return tileM() + SKEW;
    }

    /** What originA counts, for people. */
    String originUnits() {
        return readsWords() ? "words" : "vectors of 16 bytes";
    }

    /** What a thread copies of the input in a step, for people. */
    String copiesA() {
        if (loadsA() == 1) {
            return readsWords() ? "4 taps of one word each" : "16 lanes of the input";
        }
        return readsWords()
                ? loadsA() + " x 4 taps of one word each, each time of another pixel"
                : loadsA() + " x 16 lanes of the input, each time of another pixel";
    }

    /** What a thread copies of the weights in a step, for people. */
    String copiesB() {
        return loadsB() == 1
                ? "16 bytes of weights, 4 channels of one word of K"
                : loadsB() + " x 16 bytes of weights, each time 4 channels of one word of K";
    }

    int piecesPerPixel() {
        return tileK() / PIECE;
    }

    /** Whether a step of a pixel is several pieces, which threads side by side copy. */
    boolean severalPieces() {
        return piecesPerPixel() > 1;
    }

    /** A thread's word of K behind the first of a step, or empty. */
    String plusWordA() {
        return severalPieces() ? " + wordA" : "";
    }

    /** A thread's vector of a step behind the first, or empty. */
    String plusVectorA() {
        return severalPieces() && readsVectors() ? " + wordA / 4" : "";
    }

    int piecesA() {
        return tileM() * piecesPerPixel();
    }

    /** Pieces that a thread copies. */
    int loadsA() {
        return (piecesA() + threads() - 1) / threads();
    }

    /** Whether some threads copy fewer pieces. */
    boolean partialA() {
        return piecesA() % threads() != 0;
    }

    /** Pixels that all threads together copy at once. */
    int pixelsPerLoad() {
        return threads() / piecesPerPixel();
    }

    int piecesB() {
        return tileN() * tileK() / PIECE;
    }

    int loadsB() {
        return (piecesB() + threads() - 1) / threads();
    }

    boolean partialB() {
        return piecesB() % threads() != 0;
    }

    /** Pieces of all steps of a channel tile. */
    long weightsPerTile() {
        return (long) steps() * piecesB();
    }

    /** Groups of 4 channels in a word row of b. */
    int groupsN() {
        return tileN() / 4;
    }

    // Vectors of a thread's operands.

    /** Pixels that a thread reads from shared memory at once. */
    int vectorM() {
        return threadM() % 4 == 0 ? 4 : threadM() % 2 == 0 ? 2 : 1;
    }

    String vectorTypeM() {
        return vectorType(vectorM());
    }

    /** Pixels from one vector of a thread to its next. */
    int spreadM() {
        return threadsM() * vectorM();
    }

    /** Groups of 4 channels of a thread; also the words that its channels of one pixel fill. */
    int vectorsN() {
        return threadN() / 4;
    }

    /** Whether a thread has several groups of channels. */
    boolean severalGroups() {
        return vectorsN() > 1;
    }

    String vectorTypeN() {
        return vectorType(vectorsN());
    }

    /** Words in b from one group of 4 channels of a thread to its next. */
    int spreadB() {
        return threadsN() * 4;
    }

    private static String vectorType(int words) {
        return words == 1 ? "unsigned" : "uint" + words;
    }
}
