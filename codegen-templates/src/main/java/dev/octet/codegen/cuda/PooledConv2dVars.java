package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.launch.PackSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code pooled_conv2d.vm}. A block has a rectangle of <em>pooled</em> pixels, the <em>middle</em> pixels of the
 * convolution that they need, and the part of the input that these need.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param tile how it divides the work
 */
record PooledConv2dVars(String name, PooledConv2d spec, Schedule.PooledTile tile) implements KernelVars {
    PooledConv2dVars {
        EpilogueShape.of(spec);
        require(
                tile.warpsOfStrip() == spec.warpsOfStrip(),
                "each warp of a strip has its channels: %d warps",
                tile.warpsOfStrip());
        require(
                tile.fits(spec),
                "the input of a block fits 48 KiB of static shared memory: %d words",
                tile.inputWords(spec));
    }

    private EpilogueShape epilogue() {
        return EpilogueShape.of(spec);
    }

    @Override
    public String template() {
        return "cuda/pooled_conv2d.vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                "Convolution " + KernelVars.text(spec.window()) + ":",
                inType() + " " + KernelVars.text(spec.input()) + " to "
                        + epilogue().text() + ",",
                "and max pooling " + KernelVars.text(spec.pool()) + ": to " + KernelVars.text(spec.output()) + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.of(
                inPieces() ? DeviceCode.COPY_ASYNC : DeviceCode.COPY_WORD_ASYNC,
                DeviceCode.COMMIT_COPIES,
                DeviceCode.AWAIT_COPIES,
                DeviceCode.PACK,
                ByteType.of(spec.in()).mma());
        code.addAll(epilogue().deviceCode());
        return code;
    }

    @Override
    public int threads() {
        return tile.threads();
    }

    /** Blocks that are to fit a multiprocessor together by their registers. */
    int blocks() {
        return tile.blocks();
    }

    String mma() {
        return ByteType.of(spec.in()).mma().function();
    }

    String outType() {
        return spec.out().text();
    }

    /** Logical channels of the results. */
    int channels() {
        return spec.middle().channels();
    }

    /** Lanes of results and constants: channels padded to 16. */
    int lanes() {
        return epilogue().lanes();
    }

    /** Index of lo and hi in the constants. */
    int limits() {
        return 2 * lanes();
    }

    boolean paddedLanes() {
        return epilogue().paddedLanes();
    }

    // The input, and the part of it that a block holds.

    String inType() {
        return spec.in().text();
    }

    int inHeight() {
        return spec.input().height();
    }

    int inWidth() {
        return spec.input().width();
    }

    int inPixels() {
        return spec.input().pixels();
    }

    int words() {
        return tile.inputWords(spec);
    }

    /** Words of shared memory from row to row of the input. */
    private int columns() {
        return tile.inputColumns(spec);
    }

    /** Whether rows of the input consist of whole pieces of 16 bytes. */
    private boolean inPieces() {
        return piece() > 1;
    }

    /** Words that are copied at once. */
    private int piece() {
        return Schedule.PooledTile.piece(spec);
    }

    /** What turns the index of a piece into that of a word. */
    String timesPiece() {
        return inPieces() ? " * " + piece() : "";
    }

    int pieces() {
        return words() / piece();
    }

    int piecesOfRow() {
        return columns() / piece();
    }

    String copy() {
        return (inPieces() ? DeviceCode.COPY_ASYNC : DeviceCode.COPY_WORD_ASYNC).function();
    }

    /** Words that are copied before those that are needed, so that pieces are whole. */
    private int skippedColumns() {
        return Math.floorMod(-poolLeft() * strideW() - left(), piece());
    }

    String skipped() {
        return skippedColumns() == 0 ? "" : skippedColumns() + " + ";
    }

    /** Columns from the first of a block's windows to its first of shared memory. */
    int columnsBefore() {
        return left() + skippedColumns();
    }

    String alignment() {
        return skippedColumns() == 0 ? "" : ", the others so that copies are aligned";
    }

    int strideH() {
        return spec.window().strideH();
    }

    int strideW() {
        return spec.window().strideW();
    }

    int top() {
        return spec.window().top();
    }

    int left() {
        return spec.window().left();
    }

    // K, in steps of 8 pixels.

    int steps() {
        return spec.steps();
    }

    /** Words of shared memory from step to step. */
    int stepWords() {
        return spec.rowsOfStep() * columns();
    }

    /** Words of shared memory from the first half of a step to the second. */
    int halfWords() {
        return spec.rowsOfStep() == 1 ? PackSpec.PixelFragments.PIXELS / 2 : columns();
    }

    /** The same for the next pixel. */
    int secondHalfWords() {
        return halfWords() + strideW();
    }

    // The convolution.

    int middleHeight() {
        return spec.middle().height();
    }

    int middleWidth() {
        return spec.middle().width();
    }

    /** Columns of the convolution from strip to strip. */
    int middleOfStrip() {
        return 2 * pooledOfStrip();
    }

    /** Words of shared memory from row to row of the convolution. */
    int rowWords() {
        return strideH() * columns();
    }

    /** A sum that is less than any other. */
    String lowestSum() {
        return "(int)0x80000000u";
    }

    /** Whether a warp has all channels of a strip. */
    boolean wholeStrip() {
        return tile.warpsOfStrip() == 1;
    }

    /** Channels of the warps of a strip, some beyond the lanes perhaps. */
    private int group() {
        return spec.group();
    }

    /** Pairs of tiles of 8 channels, each of which has a vector of weights. */
    int pairsOfGroup() {
        return group() / 16;
    }

    /** Pairs of a warp. */
    int pairsN() {
        return pairsOfGroup() / tile.warpsOfStrip();
    }

    String firstPair() {
        return wholeStrip() ? "" : "half * " + pairsN() + " + ";
    }

    /** Tiles of 8 channels of a warp. */
    int tilesN() {
        return 2 * pairsN();
    }

    /** Channels of a thread. */
    int threadN() {
        return 2 * tilesN();
    }

    /** Words that a thread's channels of one pixel fill. */
    int wordsN() {
        return threadN() / 4;
    }

    String vectorType() {
        return wordsN() == 1 ? "unsigned" : "uint2";
    }

    String vectorOfPacked() {
        return wordsN() == 1 ? "packed[0]" : "make_uint2(packed[0], packed[1])";
    }

    /** Whether some threads have no channels. */
    boolean partialN() {
        return group() > lanes();
    }

    /** The last channel at which a thread's channels begin. */
    int lastChannel() {
        return lanes() - threadN();
    }

    // The pooling.

    int outHeight() {
        return spec.output().height();
    }

    int outWidth() {
        return spec.output().width();
    }

    int outRowBytes() {
        return outWidth() * lanes();
    }

    int tileRows() {
        return tile.rows();
    }

    int tileColumns() {
        return tile.columns(spec.pool());
    }

    /** Rectangles across an image. */
    int tilesAcross() {
        return (outWidth() + tileColumns() - 1) / tileColumns();
    }

    /** Rectangles of an image. */
    int tilesOfImage() {
        return tilesAcross() * ((outHeight() + tileRows() - 1) / tileRows());
    }

    /** Pooled columns of a strip. */
    int pooledOfStrip() {
        return Schedule.PooledTile.columnsOfStrip(spec.pool());
    }

    String storedCondition() {
        String inside = "column < " + outWidth() + (partialN() ? " && channel < " + lanes() : "");
        return overlapsAcross() ? "lane < 28 && " + inside : inside;
    }

    /** Whether windows share a row. */
    boolean overlapsDown() {
        return spec.pool().kernelH() > PooledConv2d.POOL_STRIDE;
    }

    /** Whether windows share a column. */
    boolean overlapsAcross() {
        return spec.pool().kernelW() > PooledConv2d.POOL_STRIDE;
    }

    int poolTop() {
        return spec.pool().top();
    }

    int poolLeft() {
        return spec.pool().left();
    }
}
