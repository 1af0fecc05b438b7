package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule.WgmmaTile;
import dev.octet.plan.graph.Window;
import java.util.EnumSet;
import java.util.Set;

/**
 * Variables of {@code conv2d_wgmma.vm}. M counts output pixels of the batch, N output channels, K bytes of a filter; a
 * <em>piece</em> is 16 bytes of K, what one thread copies at once.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param tile how it divides the work
 */
record Conv2dWgmmaVars(String name, KernelSpec.Conv2d spec, WgmmaTile tile) implements ConvolutionVars {
    private static final int PIECE = 16;
    private static final int PIECES = WgmmaTile.TILE_K / PIECE;
    /** Bytes of K of one product. */
    private static final int PRODUCT_K = 32;
    /** Threads of a warpgroup. */
    private static final int WARPGROUP = 128;

    Conv2dWgmmaVars {
        EpilogueShape.of(spec);
        require(tile.slices() <= tile.steps(spec.k()), "every warpgroup has a step: %d", tile.steps(spec.k()));
        require(
                !spec.readsWords(),
                "pixels of the input are whole vectors: pitch %d",
                spec.input().pitch());
    }

    @Override
    public String template() {
        return "cuda/conv2d_wgmma.vm";
    }

    /** Whether taps have gaps between them. */
    boolean dilated() {
        return spec.window().isDilated();
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.of(
                DeviceCode.COPY_ASYNC,
                DeviceCode.COMMIT_COPIES,
                DeviceCode.AWAIT_COPIES,
                DeviceCode.DYNAMIC_SHARED,
                DeviceCode.START_SUCCESSOR,
                DeviceCode.AWAIT_PREDECESSOR,
                DeviceCode.SHOW_COPIES,
                DeviceCode.DESCRIPTOR,
                DeviceCode.BEGIN_PRODUCTS,
                DeviceCode.COMMIT_PRODUCTS,
                product(),
                DeviceCode.awaitProducts(tileN()));
        if (sliced()) {
            code.add(DeviceCode.MEET_WARPGROUP);
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
        return tile.blocksByRegisters(spec);
    }

    String wgmma() {
        return product().function();
    }

    private DeviceCode product() {
        return ByteType.of(spec.in()).wgmma(tileN());
    }

    String awaitProducts() {
        return DeviceCode.awaitProducts(tileN()).function();
    }

    /** Whether the window is one tap. */
    boolean oneTapOfVectors() {
        return spec.window().taps() == 1;
    }

    /** Whether output pixel n reads input pixel n and no other. */
    boolean pointwise() {
        Window w = spec.window();
        return oneTapOfVectors() && w.strideH() == 1 && w.strideW() == 1 && !padded();
    }

    // The tile.

    int tileN() {
        return tile.tileN();
    }

    int stages() {
        return tile.stages();
    }

    /** Whether all weights of a channel tile lie in shared memory. */
    boolean resident() {
        return tile.resident();
    }

    /** Warpgroups that share the steps of a tile. */
    int slices() {
        return tile.slices();
    }

    /** Whether several warpgroups do. */
    boolean sliced() {
        return slices() > 1;
    }

    /** Whether a block computes one tile with one warpgroup. */
    boolean whole() {
        return !resident() && !sliced();
    }

    /** The first step of a warpgroup. */
    String firstStep() {
        return sliced() ? "group" : "0";
    }

    /** Whether a step is not the first of its tile. */
    String notFirst() {
        return "step > " + firstStep();
    }

    /** Lets the threads of a warpgroup wait for each other. */
    String meet() {
        return sliced() ? DeviceCode.MEET_WARPGROUP.function() + "(group)" : "__syncthreads()";
    }

    /** Steps by which copies are ahead. */
    int lead() {
        return stages() - 1;
    }

    /** Steps that may still be on their way while one is multiplied. */
    int pending() {
        return stages() - 2;
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
        return tile.steps(spec.k());
    }

    /** Whether the last step reaches beyond K. */
    boolean partialK() {
        return spec.k() % WgmmaTile.TILE_K != 0;
    }

    /** Products of a step: fewer than its pieces make only if it is the only one. */
    int productsOfStep() {
        int bytes = steps() == 1 ? spec.k() : WgmmaTile.TILE_K;
        return (bytes + PRODUCT_K - 1) / PRODUCT_K;
    }

    /** Pieces of pixels in shared memory. */
    int piecesA() {
        return stages() * WgmmaTile.TILE_M * PIECES;
    }

    /** Pieces of weights of a step. */
    int piecesB() {
        return tileN() * PIECES;
    }

    /** Pieces of pixels and weights in shared memory of a warpgroup. */
    int piecesOfGroup() {
        return piecesA() + piecesB() * (resident() ? steps() : stages());
    }

    /** Pieces of pixels and weights in shared memory. */
    int piecesOfOperands() {
        return slices() * piecesOfGroup();
    }

    /** What weights in shared memory are counted by, and which of them a step multiplies. */
    String weightsBy() {
        return resident() ? "step" : "stage";
    }

    /** Pieces of weights of a step that a thread copies. */
    int loadsB() {
        return piecesB() / WARPGROUP;
    }

    /** Steps whose weights are copied before anything else. */
    int weightsAhead() {
        return resident() ? steps() : Math.min(lead(), (steps() + slices() - 1) / slices());
    }

    /** Pieces of all steps of a channel tile. */
    long weightsPerTile() {
        return (long) steps() * piecesB();
    }

    // Results.

    /** Neighbouring channels of a thread. */
    int threadN() {
        return group() / 4;
    }

    /** Channels whose order in the weights makes a thread's channels neighbours. */
    int group() {
        return tile.group();
    }

    /** Groups of channels of a tile. */
    int parts() {
        return tileN() / group();
    }

    /** Sums of a thread. */
    int sums() {
        return tileN() / 2;
    }

    /** Sums of a thread in a group of channels. */
    int sumsOfPart() {
        return group() / 2;
    }

    /** Words that a thread's channels of one pixel fill. */
    int wordsN() {
        return threadN() / 4;
    }

    String vectorType() {
        return "uint" + wordsN();
    }

    /** 16-byte vectors of a pixel of the tile. */
    int vectorsOut() {
        return tileN() / LANES;
    }

    /** 16-byte vectors of the tile. */
    int tileVectors() {
        return WgmmaTile.TILE_M * vectorsOut();
    }

    /** Vectors of the tile that a thread loads of the residual and stores. */
    int loadsOut() {
        return tileVectors() / WARPGROUP;
    }

    /** Whether tiles of results, or of residuals, pass through shared memory. */
    boolean staged() {
        return integerOut() || residual();
    }

    /** Whether there are several such tiles. */
    boolean severalBuffers() {
        return staged() && buffersOfResiduals() > 1;
    }

    /** Whether there is one. */
    boolean singleBuffer() {
        return staged() && !severalBuffers();
    }

    /** Tiles of results in shared memory if they hold residuals on their way, else 1. */
    int buffersOfResiduals() {
        return tile.buffers(spec);
    }

    /** A remark on what lies where results go. */
    String ofResidual() {
        return residual() ? ", and those of the residual until then" : "";
    }

    /** Whether rows of the tile fill all banks, so that every other one is turned by half of them. */
    private boolean turned() {
        return vectorsOut() == 8;
    }

    /** Where vector {@code vector} of the tile lies. */
    String vectorPlace() {
        return turned() ? "(vector ^ vector / 8 % 2 * 4)" : "vector";
    }

    /** Where a thread's channels of a pixel lie, in their own vectors. */
    String threadPlace() {
        return turned() ? "pixel * 8 + ((part * 4 + lane % 4) ^ pixel % 2 * 4)" : "pixel * 4 + lane % 4";
    }

    /** Vectors of the residual that a thread copies: those of the first warpgroup copy them all. */
    String loadsOfResidual() {
        return sliced() ? "(group == 0 ? " + loadsOut() + " : 0)" : String.valueOf(loadsOut());
    }

    /** Whether a vector of the tile is one of the result. */
    String storeCondition() {
        return partialN() ? "pixel < pixels && channel < " + lanes() : "pixel < pixels";
    }
}
