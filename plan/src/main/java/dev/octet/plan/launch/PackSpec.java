package dev.octet.plan.launch;

/** Order of packed weights. Packing happens at load from canonical OHWI bytes; every byte not covered is zero. */
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

    /** One row of K bytes per output channel: {@code [out][K]}, K as in {@link Dp4aTiles}. */
    record Rows() implements PackSpec {}
}
