package dev.octet.codegen.cuda;

import dev.octet.compiler.schedule.WarpgroupTile;
import java.util.EnumSet;
import java.util.Set;

/**
 * The variables of convolutions on the tensor cores of Hopper: tiles of pixels and channels, weights in steps of K, and which results a
 * thread has. M counts output pixels, N output channels, K bytes of a filter; a <em>piece</em> is 16 bytes of K, what one thread copies
 * at once.
 */
interface WarpgroupVars extends ConvolutionVars {
    /** Bytes of a piece. */
    int PIECE = 16;
    /** Pieces of a row of a step of K. */
    int PIECES = WarpgroupTile.TILE_K / PIECE;
    /** Bytes of K of one product. */
    int PRODUCT_K = 32;
    /** Channels of one product. */
    int PRODUCT_N = 64;

    /** How the kernel divides its work. */
    WarpgroupTile tile();

    @Override
    default Set<DeviceCode> deviceCode() {
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
                DeviceCode.awaitProducts(sums()));
        code.addAll(epilogue().deviceCode());
        if (integerOut()) {
            code.add(DeviceCode.PACK);
        }
        if (words() && !twoRows()) {
            code.add(DeviceCode.EXCHANGE_HALVES);
        }
        return code;
    }

    @Override
    default int threads() {
        return tile().threads();
    }

    /** Blocks that are to fit a multiprocessor together by their registers. */
    default int blocks() {
        return tile().blocksByRegisters(spec());
    }

    /** The function that multiplies. */
    default String wgmma() {
        return product().function();
    }

    private DeviceCode product() {
        return ByteType.of(spec().in()).wgmma(tile().tileM());
    }

    /** The function that waits for it. */
    default String awaitProducts() {
        return DeviceCode.awaitProducts(sums()).function();
    }

    // The tile.

    /** Channels of a tile. */
    default int tileN() {
        return tile().tileN();
    }

    /** Tiles of channels. */
    default int channelTiles() {
        return (channels() + tileN() - 1) / tileN();
    }

    /** Whether the last channel tile has threads without channels. */
    default boolean partialN() {
        return channelTiles() * tileN() > lanes();
    }

    /** Steps of K. */
    default int steps() {
        return tile().steps(spec().k());
    }

    /** Pieces of weights of a step. */
    default int piecesB() {
        return tileN() * PIECES;
    }

    // Results.

    /** Whether the tile has two times the 64 channels of a product, and a thread two rows more. */
    default boolean twoRows() {
        return tileN() > PRODUCT_N;
    }

    /** Neighbouring channels of a thread. */
    default int threadN() {
        return tileN() / (PRODUCT_N / 2);
    }

    /** Neighbouring channels of a warp. */
    default int warpN() {
        return tileN() / 4;
    }

    /** The last channel at which a thread's channels begin. */
    default int lastChannel() {
        return lanes() - threadN();
    }

    /** Sums of a thread. */
    default int sums() {
        return tile().sums();
    }

    /** Sums of a thread in the first 64 channels. */
    default int sumsOfRows() {
        return tile().tileM() / 2;
    }

    /** Words that a thread's results make, or would as bytes. */
    default int wordsOfThread() {
        return sums() / 4;
    }

    /** Whether words of bytes are read or written. */
    default boolean words() {
        return integerOut() || residual();
    }

    /** What becomes of these words. */
    default String writes() {
        return !integerOut() ? "reads" : residual() ? "reads and writes" : "writes";
    }

    /** The first channel of a thread's words. */
    default String wordChannel() {
        return twoRows() ? "channel" : "channel / 4 * 4";
    }

    /** The pixel of a tile that a thread's first word is of. */
    default String firstPixel() {
        return twoRows() ? "lane % 4 * 2" : "lane % 4 * 2 + lane / 4 % 2";
    }

    /** Which of a thread's sums result e of word i is made of. */
    default String sumOfResult() {
        return twoRows() ? "e / 2 * " + sumsOfRows() + " + i / 2 * 4 + e % 2 * 2 + i % 2" : "i * 4 + e % 2 * 2 + e / 2";
    }

    /** Which of a thread's channels result e of a word is of. */
    default String channelOfResult() {
        return twoRows() ? "e" : "e % 2";
    }

    /** A thread's addends: words of four channels of a pixel make words of its two channels and two pixels, if it has no more. */
    default String addends() {
        return ofThread("other[i]");
    }

    /** The word to store: of two channels and two pixels, the other way round. */
    default String packed() {
        return ofThread("pack(value)");
    }

    private String ofThread(String word) {
        return twoRows() ? word : DeviceCode.EXCHANGE_HALVES.function() + "(" + word + ")";
    }
}
