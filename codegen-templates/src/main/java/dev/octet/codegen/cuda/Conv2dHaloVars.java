package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.HaloTile;
import dev.octet.compiler.schedule.WarpgroupTile;
import java.util.Set;

/**
 * Variables of {@code conv2d_halo.vm}. A <em>plane</em> is 16 lanes of the input's pixels under a tile's windows, of which each has one
 * piece.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param tile how it divides the work
 */
record Conv2dHaloVars(String name, KernelSpec.Conv2d spec, HaloTile tile) implements WarpgroupVars {
    Conv2dHaloVars {
        EpilogueShape.of(spec);
        require(HaloTile.suits(spec), "windows of whole vectors stand side by side: %s", spec.canonicalName());
    }

    @Override
    public String template() {
        return "cuda/conv2d_halo.vm";
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        Set<DeviceCode> code = WarpgroupVars.super.deviceCode();
        code.add(DeviceCode.PLAIN_DESCRIPTOR);
        return code;
    }

    // Tiles.

    int tileRows() {
        return tile.rows();
    }

    int tilesAcross() {
        return tile.across(spec);
    }

    int tilesOfImage() {
        return tile.down(spec) * tilesAcross();
    }

    // Weights.

    /** Pieces of a channel tile's weights. */
    int piecesOfWeights() {
        return steps() * piecesB();
    }

    /** Pieces of weights that a thread copies. */
    int loadsOfWeights() {
        return piecesOfWeights() / WarpgroupTile.WARPGROUP;
    }

    /** Products of all of K. */
    int products() {
        return (spec.k() + PRODUCT_K - 1) / PRODUCT_K;
    }

    /** The second piece of product k. Where there is none in the last, its weights are zero, so that any will do. */
    String secondPiece() {
        int pieces = spec.k() / PIECE;
        return pieces % 2 > 0 ? "min(2 * k + 1, " + (pieces - 1) + ")" : "2 * k + 1";
    }

    // The input of a tile.

    int planes() {
        return HaloTile.planes(spec);
    }

    int planeColumns() {
        return tile.inputColumns(spec);
    }

    int planeRows() {
        return tile.inputRows(spec);
    }

    /** Pixels that are copied for a tile. */
    int planePixels() {
        return planeRows() * planeColumns();
    }

    /** Whether a pixel has more than one piece. */
    boolean manyPlanes() {
        return planes() > 1;
    }

    int piecesOfPlane() {
        return tile.piecesOfPlane(spec);
    }

    int piecesOfTile() {
        return planes() * piecesOfPlane();
    }

    /** Pieces that are copied for a tile. */
    private int piecesToCopy() {
        return planes() * planePixels();
    }

    /** Pieces that a thread copies, at most. */
    int loadsOfTile() {
        return (piecesToCopy() + WarpgroupTile.WARPGROUP - 1) / WarpgroupTile.WARPGROUP;
    }

    /** Whether some threads have a piece less to copy. */
    boolean partialCopy() {
        return piecesToCopy() % WarpgroupTile.WARPGROUP != 0;
    }

    // Results.

    /** How many rows behind the tile's first that word i is of. */
    String wordRow() {
        return twoRows() ? "i / 2" : "i";
    }

    /** The column of a tile that word i is of. */
    String wordColumn() {
        return twoRows() ? "firstColumn + i % 2" : "firstColumn";
    }

    /** The column that result e of word i is of. */
    String columnOfResult() {
        return twoRows() ? "lane % 4 * 2 + i % 2" : "lane % 4 * 2 + e / 2";
    }

    /** Whether word i of a thread is one of the result. */
    String stored() {
        return partialN() ? "wordChannel < " + lanes() + " && " + inImage() : inImage();
    }

    private String inImage() {
        return "row < rowsLeft && column < columnsLeft";
    }
}
