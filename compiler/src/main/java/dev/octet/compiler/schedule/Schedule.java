package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.PackSpec;

/** How a kernel divides its work. */
public sealed interface Schedule
        permits Schedule.Dp4aTile,
                Schedule.FloatTile,
                Schedule.PerItem,
                Schedule.PooledTile,
                Schedule.Runs,
                Schedule.Slices,
                Schedule.Strip,
                Schedule.TensorCoreTile,
                WarpgroupTile {
    /** The schedule as part of a C identifier. */
    String canonicalName();

    /** Threads per block. */
    int threads();

    /**
     * Implicit GEMM on {@code dp4a}: a block computes {@code tileM} output pixels by {@code tileN} output channels, each
     * thread {@code threadM} by {@code threadN} of them, walking K in steps of {@code tileK} bytes.
     *
     * @param tileM output pixels per block
     * @param tileN output channels per block
     * @param tileK bytes of K per step: 16 or 32, and a divisor of the input's pitch, so that a step stays in one tap
     * @param threadM output pixels per thread
     * @param threadN output channels per thread, a multiple of 4
     */
    record Dp4aTile(int tileM, int tileN, int tileK, int threadM, int threadN) implements Schedule {
        public Dp4aTile {
            if (tileM % threadM != 0 || tileN % threadN != 0 || threadN % 4 != 0) {
                throw new IllegalArgumentException("threads do not divide the tile");
            }
            if (tileK != 16 && tileK != 32) {
                throw new IllegalArgumentException("tileK is 16 or 32: " + tileK);
            }
            int threads = tileM / threadM * (tileN / threadN);
            requireWarps(threads);
        }

        @Override
        public int threads() {
            return tileM / threadM * (tileN / threadN);
        }

        @Override
        public String canonicalName() {
            return "t" + tileM + "x" + tileN + "x" + tileK + "_r" + threadM + "x" + threadN;
        }
    }

    /**
     * Implicit GEMM on tensor cores: a block computes {@code tileM} output pixels by {@code tileN} output channels, each
     * warp {@code warpM} by {@code warpN} of them, walking K in steps of 64 bytes.
     */
    sealed interface TensorCoreTile extends Schedule {
        /** Bytes of K per step. */
        int TILE_K = 64;

        /** Output pixels per block. */
        int tileM();

        /** Output channels per block. */
        int tileN();

        /** Output pixels per warp, a multiple of 16. */
        int warpM();

        /** Output channels per warp: 32 or 64. */
        int warpN();

        /** Steps that shared memory holds. */
        int stages();

        @Override
        default int threads() {
            return tileM() / warpM() * (tileN() / warpN()) * 32;
        }

        /** Shared memory per block. */
        default int sharedBytes() {
            return stages() * (tileM() + tileN()) * TILE_K;
        }

        private static void check(int tileM, int tileN, int warpM, int warpN) {
            if (warpM < 16 || warpM % 16 != 0 || (warpN != 32 && warpN != 64)) {
                throw new IllegalArgumentException("a warp has rows of 16 pixels and 32 or 64 channels");
            }
            if (tileM < warpM || tileM % warpM != 0 || tileN < warpN || tileN % warpN != 0) {
                throw new IllegalArgumentException("warps do not divide the tile");
            }
            if (tileM / warpM * (tileN / warpN) > 32) {
                throw new IllegalArgumentException("a block has at most 32 warps");
            }
        }
    }

    /**
     * On the tensor cores of Turing ({@code mma.m8n8k16}), which has no asynchronous copies: shared memory holds two steps,
     * and the bytes of the next one pass through registers.
     *
     * @param tileM output pixels per block
     * @param tileN output channels per block
     * @param warpM output pixels per warp
     * @param warpN output channels per warp
     */
    record Mma8Tile(int tileM, int tileN, int warpM, int warpN) implements TensorCoreTile {
        public Mma8Tile {
            TensorCoreTile.check(tileM, tileN, warpM, warpN);
        }

        @Override
        public int stages() {
            return 2;
        }

        @Override
        public String canonicalName() {
            return "t" + tileM + "x" + tileN + "x" + TILE_K + "_w" + warpM + "x" + warpN;
        }
    }

    /**
     * On the tensor cores of Ampere and later ({@code mma.m16n8k32}), with steps that arrive in shared memory up to
     * {@code stages - 1} steps ahead.
     *
     * @param tileM output pixels per block
     * @param tileN output channels per block
     * @param warpM output pixels per warp
     * @param warpN output channels per warp
     * @param stages steps that shared memory holds: 3 or 4
     */
    record MmaTile(int tileM, int tileN, int warpM, int warpN, int stages) implements TensorCoreTile {
        public MmaTile {
            TensorCoreTile.check(tileM, tileN, warpM, warpN);
            if (stages != 3 && stages != 4) {
                throw new IllegalArgumentException("3 or 4 stages: " + stages);
            }
        }

        @Override
        public String canonicalName() {
            return "t" + tileM + "x" + tileN + "x" + TILE_K + "_w" + warpM + "x" + warpN + "_g" + stages;
        }
    }

    /**
     * 4 lanes of some neighbouring pixels of an output row a thread.
     *
     * @param pixels output pixels of a thread, at most 8
     * @param threads threads per block
     */
    record Strip(int pixels, int threads) implements Schedule {
        /** Pixels whose sums a thread keeps in registers. */
        public static final int MOST_PIXELS = 8;

        /**
         * Words under the windows of a strip that unrolled code may load. Compilers move such loads forward, so that all of them
         * may want a register beside the weights and sums.
         */
        private static final int MOST_LOADS = 64;

        public Strip {
            if (pixels < 1 || pixels > MOST_PIXELS) {
                throw new IllegalArgumentException("1 to " + MOST_PIXELS + " pixels: " + pixels);
            }
            requireWarps(threads);
        }

        /** Whether what lies under the windows of a strip fits the registers, a word for each of the window's rows and columns. */
        public boolean isNarrow(Window window) {
            int columns = (pixels - 1) * window.strideW() + window.spanW();
            return columns * window.kernelH() <= MOST_LOADS;
        }

        /** Strips of an output row. */
        public int strips(int width) {
            return (width + pixels - 1) / pixels;
        }

        @Override
        public String canonicalName() {
            return "q" + pixels + "_b" + threads;
        }
    }

    /**
     * Implicit GEMM on floats: a block computes {@code tileM} output pixels by {@code tileN} output channels, each thread
     * {@code threadM} by {@code threadN} of them, walking K in steps of {@link #TILE_K}.
     *
     * @param tileM output pixels per block
     * @param tileN output channels per block
     * @param threadM output pixels per thread, a multiple of 4
     * @param threadN output channels per thread, a multiple of 4
     */
    record FloatTile(int tileM, int tileN, int threadM, int threadN) implements Schedule {
        /** Elements of K per step. */
        public static final int TILE_K = 8;

        public FloatTile {
            if (tileM % threadM != 0 || tileN % threadN != 0 || threadM % 4 != 0 || threadN % 4 != 0) {
                throw new IllegalArgumentException("threads do not divide the tile, or have no whole vectors");
            }
            int threads = tileM / threadM * (tileN / threadN);
            if (threads < 32 || threads > 1024 || threads % 32 != 0) {
                throw new IllegalArgumentException("a block has whole warps: " + threads);
            }
        }

        @Override
        public int threads() {
            return tileM / threadM * (tileN / threadN);
        }

        @Override
        public String canonicalName() {
            return "t" + tileM + "x" + tileN + "x" + TILE_K + "_r" + threadM + "x" + threadN;
        }
    }

    /**
     * One output item a thread: 16 lanes of an activation, or one result of a dense or dequantising kernel.
     *
     * @param threads threads per block
     */
    record PerItem(int threads) implements Schedule {
        public PerItem {
            requireWarps(threads);
        }

        @Override
        public String canonicalName() {
            return "b" + threads;
        }
    }

    /**
     * Several threads an item, each of which sums a slice of it.
     *
     * @param slices threads of an item, a power of two
     * @param threads threads per block
     */
    record Slices(int slices, int threads) implements Schedule {
        public Slices {
            requireWarps(threads);
            if (slices < 2 || Integer.bitCount(slices) != 1 || threads % slices != 0) {
                throw new IllegalArgumentException("a power of two that divides " + threads + ": " + slices);
            }
        }

        /** Items of a block. */
        public int items() {
            return threads / slices;
        }

        @Override
        public String canonicalName() {
            return "z" + slices + "_b" + threads;
        }
    }

    /**
     * Several items a thread, one after the other, as many apart as the block has threads.
     *
     * @param count items of a thread
     * @param threads threads per block
     */
    record Runs(int count, int threads) implements Schedule {
        public Runs {
            requireWarps(threads);
            if (count < 1) {
                throw new IllegalArgumentException("a thread has items: " + count);
            }
        }

        /** Items of a block. */
        public int items() {
            return Math.multiplyExact(count, threads);
        }

        @Override
        public String canonicalName() {
            return "i" + count + "_b" + threads;
        }
    }

    /**
     * A convolution with its pooling: a block computes a rectangle of pooled pixels. Its warps walk down strips of 16 columns of the
     * convolution.
     *
     * @param rows rows of pooled pixels
     * @param strips strips of columns, an even number, so that blocks begin at multiples of 4 words whatever the windows
     * @param warpsOfStrip warps that share the channels of a strip, 1 or 2
     */
    record PooledTile(int rows, int strips, int warpsOfStrip) implements Schedule {
        /** Bytes of static shared memory. */
        private static final int MOST_SHARED = 48 << 10;

        private static final int BUSY_THREADS = 384;
        private static final int STRIP = 16;
        private static final int VECTOR_WORDS = 4;

        public PooledTile {
            if (rows < 1 || strips < 2 || strips % 2 != 0 || warpsOfStrip < 1 || warpsOfStrip > 2) {
                throw new IllegalArgumentException("a block has rows and pairs of strips: " + rows + "x" + strips + ", "
                        + warpsOfStrip + " warps");
            }
            requireWarps(Math.multiplyExact(strips * warpsOfStrip, 32));
        }

        /** Pooled columns of a strip; if windows overlap, the last column of the convolution has the first pixel of another. */
        public static int columnsOfStrip(Window pool) {
            return pool.kernelW() > pool.strideW() ? STRIP / 2 - 1 : STRIP / 2;
        }

        /** Words of the input that are copied at once: as many as make rows of whole pieces, at most 4. */
        public static int piece(PooledConv2d spec) {
            return spec.input().width() % VECTOR_WORDS == 0 ? VECTOR_WORDS : 1;
        }

        @Override
        public int threads() {
            return strips * warpsOfStrip * 32;
        }

        /** Blocks that a multiprocessor holds together: 384 threads, at 168 registers each, with which none spill. */
        public int blocks() {
            return Math.max(1, BUSY_THREADS / threads());
        }

        /** Whether a block's part of the input fits static shared memory. */
        public boolean fits(PooledConv2d spec) {
            return inputWords(spec) * KernelSpec.WORD <= MOST_SHARED;
        }

        /** Pooled columns of a block. */
        public int columns(Window pool) {
            return strips * columnsOfStrip(pool);
        }

        /** Columns of the input that a block holds: what its windows span, and what makes whole pieces of that wherever it begins. */
        public int inputColumns(PooledConv2d spec) {
            int middle = (strips - 1) * 2 * columnsOfStrip(spec.pool()) + STRIP;
            int columnsOfK = PackSpec.PixelFragments.PIXELS / spec.rowsOfStep();
            int words = (middle - 1) * spec.window().strideW() + columnsOfK;
            int piece = piece(spec);
            return (words + piece - 1 + piece - 1) / piece * piece;
        }

        /** Words of the input that a block holds. */
        public int inputWords(PooledConv2d spec) {
            int middle = (rows - 1) * spec.pool().strideH() + spec.pool().kernelH();
            int inputRows = (middle - 1) * spec.window().strideH() + spec.steps() * spec.rowsOfStep();
            return inputRows * inputColumns(spec);
        }

        @Override
        public String canonicalName() {
            return "p" + rows + "x" + strips + "_w" + strips * warpsOfStrip;
        }
    }

    private static void requireWarps(int threads) {
        if (threads < 32 || threads > 1024 || threads % 32 != 0) {
            throw new IllegalArgumentException("a block has whole warps: " + threads);
        }
    }
}
