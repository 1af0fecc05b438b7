package dev.octet.compiler.schedule;

/** How a kernel divides its work. */
public sealed interface Schedule {
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
            return "t" + tileM + "x" + tileN + "x" + tileK + "_r" + threadM + "x" + threadN;
        }
    }

    /**
     * Implicit GEMM on tensor cores ({@code mma.m16n8k32}): a block computes {@code tileM} output pixels by
     * {@code tileN} output channels, each warp {@code warpM} by {@code warpN} of them, walking K in steps of 64 bytes
     * that arrive in shared memory up to {@code stages - 1} steps ahead.
     *
     * @param tileM output pixels per block
     * @param tileN output channels per block
     * @param warpM output pixels per warp, a multiple of 16
     * @param warpN output channels per warp: 32 or 64
     * @param stages steps that shared memory holds: 3 or 4
     */
    record MmaTile(int tileM, int tileN, int warpM, int warpN, int stages) implements Schedule {
        /** Bytes of K per step. */
        public static final int TILE_K = 64;

        public MmaTile {
            if (warpM < 16 || warpM % 16 != 0 || (warpN != 32 && warpN != 64)) {
                throw new IllegalArgumentException("a warp has rows of 16 pixels and 32 or 64 channels");
            }
            if (tileM < warpM || tileM % warpM != 0 || tileN < warpN || tileN % warpN != 0) {
                throw new IllegalArgumentException("warps do not divide the tile");
            }
            if (stages != 3 && stages != 4) {
                throw new IllegalArgumentException("3 or 4 stages: " + stages);
            }
            if (tileM / warpM * (tileN / warpN) > 32) {
                throw new IllegalArgumentException("a block has at most 32 warps");
            }
        }

        @Override
        public int threads() {
            return tileM / warpM * (tileN / warpN) * 32;
        }

        /** Shared memory per block. */
        public int sharedBytes() {
            return stages * (tileM + tileN) * TILE_K;
        }

        @Override
        public String canonicalName() {
            return "t" + tileM + "x" + tileN + "x" + TILE_K + "_w" + warpM + "x" + warpN + "_g" + stages;
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
            if (threads < 32 || threads > 1024 || threads % 32 != 0) {
                throw new IllegalArgumentException("a block has whole warps: " + threads);
            }
        }

        @Override
        public String canonicalName() {
            return "b" + threads;
        }
    }
}
