package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Variables of {@code f32_conv2d.vm}. M counts output pixels of the batch, N output channels, K terms of a sum; a
 * <em>vector</em> is 4 neighbours along K or N, what a thread moves at once.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param tile how it divides the work
 */
record FloatConv2dVars(String name, FloatKernel.Conv2d spec, Schedule.FloatTile tile) implements FloatConvolutionVars {
    /** Vectors of K in a step. */
    private static final int VECTORS_OF_STEP = Schedule.FloatTile.TILE_K / 4;

    /** Floats between rows of a beyond the pixels: the two vectors of a pixel then fall into different halves of the banks. */
    private static final int SKEW = 4;

    FloatConv2dVars {
        require(spec.groups() == 1, "a tile takes all channels of the input: %d groups", spec.groups());
        require(
                tile.tileM() * VECTORS_OF_STEP % tile.threads() == 0,
                "all threads copy equal shares of the input: %d by %d",
                tile.tileM(),
                tile.threads());
    }

    @Override
    public String template() {
        return "cuda/f32_conv2d.vm";
    }

    @Override
    public int threads() {
        return tile.threads();
    }

    // The input.

    int inPixels() {
        return spec.input().extent().pixels();
    }

    /** Vectors of an input pixel. */
    int inVectors() {
        return inPitch() / 4;
    }

    /** Vectors of K. */
    private int vectorsOfK() {
        return spec.k() / 4;
    }

    /** Whether an image has one window, which begins where the image does. */
    boolean oneWindow() {
        return outPixels() == 1 && !padded();
    }

    /** Vectors of an input image. */
    int imageVectors() {
        return inPixels() * inVectors();
    }

    /** What a thread copies of the input in a step, for people. */
    String copiesA() {
        return loadsA() == 1
                ? "4 lanes of the input"
                : loadsA() + " x 4 lanes of the input, each time of another pixel";
    }

    /** What the beginning of a window means where there is padding, for people. */
    String intoPadding() {
        return padded() ? ", or would if the input went on into the padding" : "";
    }

    /** Where a tap's vector lies behind the beginning of the window. */
    String tapOffset() {
        String pixel = "tapRow * " + inWidth() + " + tapColumn";
        return inVectors() == 1 ? pixel : "(" + pixel + ") * " + inVectors() + " + vector % " + inVectors();
    }

    /** Steps of the epilogue, for people. */
    String epilogueText() {
        return "bias" + (residual() ? ", residual" : "") + (activated() ? ", activation" : "")
                + (integerOut() ? ", clamp and rounding" : "");
    }

    /** Whether a window may reach beyond the input. */
    boolean padded() {
        Window w = spec.window();
        return w.top() + w.left() + w.bottom() + w.right() > 0;
    }

    boolean manyTaps() {
        return spec.window().taps() > 1;
    }

    /** Whether something is not to be read. */
    boolean guarded() {
        return padded() || vectorsOfK() % VECTORS_OF_STEP != 0;
    }

    /** The condition under which a vector is read, or empty. */
    String inside() {
        List<String> conditions = new ArrayList<>();
        if (vectorsOfK() % VECTORS_OF_STEP != 0) {
            conditions.add("vector < " + vectorsOfK());
        }
        if (padded()) {
            conditions.add("(unsigned)(row[i] + tapRow) < " + inHeight() + "u");
            conditions.add("(unsigned)(column[i] + tapColumn) < " + inWidth() + "u");
        }
        return String.join(" && ", conditions);
    }

    // The tile.

    int tileM() {
        return tile.tileM();
    }

    int tileN() {
        return tile.tileN();
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
        return (vectorsOfK() + VECTORS_OF_STEP - 1) / VECTORS_OF_STEP;
    }

    /** K in whole steps. */
    int depth() {
        return steps() * Schedule.FloatTile.TILE_K;
    }

    int channelTiles() {
        return (spec.output().extent().channels() + tileN() - 1) / tileN();
    }

    /** Whether the last channel tile has vectors without lanes. */
    boolean partialN() {
        return channelTiles() * tileN() > outPitch();
    }

    /** Whether the result has vectors that the residual has not. */
    boolean shortResidual() {
        return residual() && residualPitch() < outPitch();
    }

    /** Pixels from one vector of a thread to its next. */
    int spreadM() {
        return threadsM() * 4;
    }

    // Copies into shared memory.

    int rowA() {
        return tileM() + SKEW;
    }

    /** Vectors of the input that a thread copies. */
    int loadsA() {
        return tileM() * VECTORS_OF_STEP / threads();
    }

    /** Pixels that all threads together copy at once. */
    int pixelsPerLoad() {
        return threads() / VECTORS_OF_STEP;
    }

    /** Weights of a step. */
    int elementsB() {
        return tileN() * Schedule.FloatTile.TILE_K;
    }

    int vectorsB() {
        return elementsB() / 4;
    }

    /** Vectors of weights that a thread copies. */
    int loadsB() {
        return (vectorsB() + threads() - 1) / threads();
    }

    boolean partialB() {
        return vectorsB() % threads() != 0;
    }

    /** Weights that all threads together copy at once. */
    int elementsPerLoad() {
        return threads() * 4;
    }

    /** Weights of a channel tile. */
    long weightsPerTile() {
        return (long) depth() * tileN();
    }

    /** Where the biases begin. */
    long biases() {
        return channelTiles() * weightsPerTile();
    }
}
