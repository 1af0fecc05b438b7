package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.compiler.schedule.LaunchGeometry;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.Window;
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
    private static final int STATIC_SHARED_MEMORY = 48 << 10;

    /** Threads that a multiprocessor holds at 128 registers each. */
    private static final int BUSY_THREADS = 512;

    PooledConv2dVars {
        EpilogueShape.of(spec);
        require(
                tile.tilesOfWarp(spec.pool()) <= Schedule.PooledTile.MOST_TILES,
                "a warp's sums fit its registers: %d tiles of 16 pixels",
                tile.tilesOfWarp(spec.pool()));
        int bytes = inputWords(spec, tile) * KernelSpec.WORD + resultBytes(spec, tile);
        require(bytes <= STATIC_SHARED_MEMORY, "input and results fit 48 KiB of static shared memory: %d bytes", bytes);
    }

    /** An even number of pixels, so that any two can exchange their places. */
    private static int resultBytes(PooledConv2d spec, Schedule.PooledTile tile) {
        int pixels = tile.middleRows(spec.pool()) * tile.middleColumns(spec.pool());
        return (pixels + 1) / 2 * 2 * spec.middle().pitch();
    }

    private static int inputWords(PooledConv2d spec, Schedule.PooledTile tile) {
        Window w = spec.window();
        int rows = (tile.middleRows(spec.pool()) - 1) * w.strideH() + spec.steps() * spec.rowsOfStep();
        return rows * inputColumns(spec, tile);
    }

    private static int inputColumns(PooledConv2d spec, Schedule.PooledTile tile) {
        int columnsOfK = PackSpec.PixelFragments.PIXELS / spec.rowsOfStep();
        return (tile.middleColumns(spec.pool()) - 1) * spec.window().strideW() + columnsOfK;
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
                DeviceCode.COPY_WORD_ASYNC,
                DeviceCode.COMMIT_COPIES,
                DeviceCode.AWAIT_COPIES,
                DeviceCode.PACK_ROUNDED,
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
        return BUSY_THREADS / threads();
    }

    String mma() {
        return ByteType.of(spec.in()).mma().function();
    }

    String maximum() {
        return ByteType.of(spec.out()).maximum();
    }

    String lowest() {
        return ByteType.of(spec.out()).lowest();
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
        return inputWords(spec, tile);
    }

    int columns() {
        return inputColumns(spec, tile);
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

    // The convolution.

    int middleHeight() {
        return spec.middle().height();
    }

    int middleWidth() {
        return spec.middle().width();
    }

    int middleColumns() {
        return tile.middleColumns(spec.pool());
    }

    /** Pixels of the convolution that a block computes. */
    int middlePixels() {
        return tile.middleRows(spec.pool()) * middleColumns();
    }

    /** Bytes of their results. */
    int resultBytes() {
        return resultBytes(spec, tile);
    }

    int warps() {
        return tile.warps();
    }

    /** Tiles of 16 pixels of a warp. */
    int tilesM() {
        return tile.tilesOfWarp(spec.pool());
    }

    /** Channels of a warp, some beyond the lanes perhaps. */
    private int group() {
        return LaunchGeometry.packing(spec, tile)
                .map(pack -> ((PackSpec.PixelFragments) pack).group())
                .orElseThrow();
    }

    /** Tiles of 8 channels. */
    int tilesN() {
        return group() / 8;
    }

    /** Pairs of them: what one vector of weights is of. */
    int pairsN() {
        return group() / 16;
    }

    /** Channels of a thread. */
    int threadN() {
        return group() / 4;
    }

    /** Words that a thread's channels of one pixel fill. */
    int wordsN() {
        return threadN() / 4;
    }

    String vectorType() {
        return wordsN() == 1 ? "unsigned" : "uint" + wordsN();
    }

    /** Whether some threads have no channels. */
    boolean partialN() {
        return group() > lanes();
    }

    // The pooling.

    /** Vectors of a pixel. */
    int vectors() {
        return lanes() / LANES;
    }

    /** Whether pixels two apart, of which vectors are read at once, would share banks of shared memory. */
    boolean swizzled() {
        return vectors() == 4 && spec.pool().strideW() == 2;
    }

    int outHeight() {
        return spec.output().height();
    }

    int outWidth() {
        return spec.output().width();
    }

    int outPixels() {
        return spec.output().pixels();
    }

    int tileRows() {
        return tile.rows();
    }

    int tileColumns() {
        return tile.columns();
    }

    /** Rectangles across an image. */
    int tilesAcross() {
        return (outWidth() + tileColumns() - 1) / tileColumns();
    }

    /** Rectangles of an image. */
    int tilesOfImage() {
        return tilesAcross() * ((outHeight() + tileRows() - 1) / tileRows());
    }

    /** Vectors of a block's pooled pixels. */
    int items() {
        return tileRows() * tileColumns() * vectors();
    }

    int poolH() {
        return spec.pool().kernelH();
    }

    int poolW() {
        return spec.pool().kernelW();
    }

    int poolStrideH() {
        return spec.pool().strideH();
    }

    int poolStrideW() {
        return spec.pool().strideW();
    }

    int poolTop() {
        return spec.pool().top();
    }

    int poolLeft() {
        return spec.pool().left();
    }
}
