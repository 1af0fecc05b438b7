package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.WarpgroupTile;
import dev.octet.compiler.schedule.WgmmaTile;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code conv2d_wgmma.vm}. M counts output pixels of the batch, N output channels, K bytes of a filter; a
 * <em>piece</em> is 16 bytes of K, what one thread copies at once.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param tile how it divides the work
 */
record Conv2dWgmmaVars(String name, KernelSpec.Conv2d spec, WgmmaTile tile) implements WarpgroupVars, BorderVars {
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
        Set<DeviceCode> code = WarpgroupVars.super.deviceCode();
        if (sliced()) {
            code.add(DeviceCode.MEET_WARPGROUP);
        }
        return code;
    }

    /** Whether the window has more than one tap. */
    boolean walksTaps() {
        return spec.window().taps() > 1;
    }

    /** Whether output pixel n reads input pixel n and no other. */
    boolean pointwise() {
        Window w = spec.window();
        return !walksTaps() && w.strideH() == 1 && w.strideW() == 1 && !padded();
    }

    // The tile.

    /** Pixels of a tile. */
    int tileM() {
        return tile.tileM();
    }

    /** The last pixel of a tile. */
    int lastOfTile() {
        return tileM() - 1;
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

    /** Which steps a warpgroup takes, for people. */
    String everyStep() {
        return List.of("every", "every other", "every third", "every fourth").get(slices() - 1);
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

    // Copies into shared memory.

    /** Pieces of K, the last one filled up. */
    int piecesK() {
        return (spec.k() + PIECE - 1) / PIECE;
    }

    @Override
    public boolean partialK() {
        return piecesK() % (shortStep() ? piecesOfStep() : PIECES) != 0;
    }

    /** Whether the only step has less than 8 pieces. */
    boolean shortStep() {
        return piecesOfStep() < PIECES;
    }

    /** Pieces that the products of a step take. */
    int piecesOfStep() {
        return productsOfStep() * PRODUCT_K / PIECE;
    }

    /** What is copied of a window: a source, and whether it is to be read. */
    String sourceA() {
        return copied("origin[i] + " + (walksTaps() ? "offset" : "at"));
    }

    /** Products of a step: fewer than its pieces make only if it is the only one. */
    int productsOfStep() {
        int bytes = steps() == 1 ? spec.k() : WgmmaTile.TILE_K;
        return (bytes + PRODUCT_K - 1) / PRODUCT_K;
    }

    /** Pieces of pixels of a step. */
    int piecesOfStage() {
        return tileM() * PIECES;
    }

    /** Pieces of pixels of a step that a thread copies. */
    int loadsA() {
        return piecesOfStage() / WarpgroupTile.WARPGROUP;
    }

    /** Pieces of pixels in shared memory. */
    int piecesA() {
        return stages() * piecesOfStage();
    }

    /** Pieces of pixels and weights in shared memory of a warpgroup. */
    int piecesOfGroup() {
        return piecesA() + piecesB() * (resident() ? steps() : stages());
    }

    /** What weights in shared memory are counted by, and which of them a step multiplies. */
    String weightsBy() {
        return resident() ? "step" : "stage";
    }

    /** Pieces of weights of a step that a thread copies. */
    int loadsB() {
        return piecesB() / WarpgroupTile.WARPGROUP;
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

    /** How many pixels behind the first that word i is of. */
    String wordPixel() {
        return twoRows() ? "i / 2 * 8 + i % 2" : "i * 8";
    }

    /** How many pixels behind the thread's first that result e of word i is of. */
    String pixelOfResult() {
        return twoRows() ? wordPixel() : "i * 8 + e / 2";
    }

    /** Whether a block loads the residual of its next tile as soon as that of one is added. */
    boolean residualsAhead() {
        return residual() && resident();
    }

    /** Whether word i of a thread is one of the result. */
    String stored() {
        return partialN() ? "pixel < left && wordChannel < " + lanes() : "pixel < left";
    }
}
