package dev.octet.plan.launch;

/**
 * Order of packed weights. In a convolution with groups, the lanes of a filter are those of its group, without padding.
 * Packing happens at load from canonical OHWI bytes; every byte not covered is zero.
 */
public sealed interface PackSpec {
    /**
     * Blocks for kernels that multiply with {@code dp4a}. K runs over (row, column, lane), lane fastest, with lanes
     * padded to the input's pitch; bytes are ordered {@code [out/tileN][K/tileK][tileK/4][tileN][4]}.
     *
     * @param tileN output channels per block
     * @param tileK bytes of K per block, a multiple of 4
     */
    record Dp4aTiles(int tileN, int tileK) implements PackSpec {
        public Dp4aTiles {
            if (tileN < 1 || tileK < 4 || tileK % 4 != 0) {
                throw new IllegalArgumentException("bad tile: " + tileN + "x" + tileK);
            }
        }
    }

    /**
     * Blocks for kernels that multiply with {@code mma.m8n8k16} or {@code mma.m16n8k32}. K runs as in {@link Dp4aTiles};
     * its last block is filled with zeros. Bytes are ordered {@code [out/tileN][K/tileK][tileN][tileK]}, where the rows of a block are
     * permuted: an mma gives thread t of four the columns 8j + 2t + e (e = 0, 1), so in every {@code group} of
     * neighbouring channels, row 8j + 2t + e is channel (group / 4)t + 2j + e. The channels of a thread are then
     * neighbours.
     *
     * @param tileN output channels per block, a multiple of {@code group}
     * @param tileK bytes of K per block, a multiple of 32
     * @param group output channels of a warp: a multiple of 16
     */
    record MmaTiles(int tileN, int tileK, int group) implements PackSpec {
        public MmaTiles {
            if (group < 16 || group % 16 != 0 || tileN < 1 || tileN % group != 0 || tileK < 32 || tileK % 32 != 0) {
                throw new IllegalArgumentException("bad tile: " + tileN + "x" + tileK + " in groups of " + group);
            }
        }
    }

    /**
     * Blocks for kernels that multiply with {@code wgmma}, whose rows are channels. K runs as in {@link Dp4aTiles}; its last block is
     * filled with zeros. Bytes are ordered {@code [out/tileN][K/tileK][tileN][tileK]}, where the rows of a block are permuted: of
     * each 64 rows thread t of a warp has rows 16w + t / 4 and 8 further on, so row 64i + 16w + 8h + g is channel (tileN / 4)w + (tileN / 32)g +
     * 2i + h. The channels of a thread, and those of a warp, are then neighbours.
     *
     * @param tileN output channels per block: 64 or 128
     * @param tileK bytes of K per block, a multiple of 32
     */
    record WgmmaTiles(int tileN, int tileK) implements PackSpec {
        public WgmmaTiles {
            if (tileN != 64 && tileN != 128 || tileK < 32 || tileK % 32 != 0) {
                throw new IllegalArgumentException("bad tile: " + tileN + "x" + tileK);
            }
        }
    }

    /**
     * Floats for kernels of float layers, ordered {@code [out/tileN][K/tileK][tileK][tileN]}, filled with zeros. K runs as in
     * {@link Dp4aTiles}; in a layer of several groups over (row, column, channel of the group). A bias of every channel
     * follows, {@code [out/tileN][tileN]}.
     *
     * @param tileN output channels per block, a multiple of 4
     * @param tileK elements of K per block
     */
    record FloatTiles(int tileN, int tileK) implements PackSpec {
        public FloatTiles {
            if (tileN < 4 || tileN % 4 != 0 || tileK < 1) {
                throw new IllegalArgumentException("bad tile of floats: " + tileN + "x" + tileK);
            }
        }
    }

    /**
     * Fragments for kernels that multiply with {@code mma.m16n8k32} what pixels of one word hold. K runs over the rows of a
     * filter; each has 8 pixels of 4 lanes, or 4 where the filter has no more columns, so that a step of 32 bytes is one row, or
     * two. Pixels and rows that the filter lacks are zero. Bytes are ordered {@code [step][group/16][32][2][2][4]}: lane l of a warp
     * reads for two tiles of 8 channels, of each half of the step the word of pixel l % 4. The tiles' columns are permuted
     * as in {@link MmaTiles}: column l / 4 of tile j is channel (group / 4)t + 2j + e with l / 4 = 2t + e.
     *
     * @param kernelW columns of the filter: 1 to 8
     * @param group channels, filled up with zeros: 16, 32 or 64
     */
    record PixelFragments(int kernelW, int group) implements PackSpec {
        /** Pixels of a step. */
        public static final int PIXELS = 8;

        public PixelFragments {
            if (kernelW < 1 || kernelW > PIXELS || group != 16 && group != 32 && group != 64) {
                throw new IllegalArgumentException("bad fragments: " + kernelW + " columns, groups of " + group);
            }
        }

        /** Rows of a filter that a step has: one or two. */
        public int rowsOfStep() {
            return kernelW <= PIXELS / 2 ? 2 : 1;
        }
    }

    /** One row of K bytes per output channel: {@code [out][K]}, K as in {@link Dp4aTiles}. */
    record Rows() implements PackSpec {}

    /**
     * Depthwise: one byte per tap and output lane, {@code [K][lanes]}, with K running over (row, column) alone and lanes
     * padded to a multiple of 16.
     */
    record Lanes() implements PackSpec {}
}
