package dev.octet.simulator.execute;

import dev.octet.simulator.SimulatorCode;

/**
 * Where rows of 32 bytes of a matrix lie in shared memory, as a product of a warpgroup is told. With a swizzle eight rows of 128 bytes
 * stand together, and of every row the 16-byte pieces are exchanged by the number of the row: bits 4 to 6 of an address are
 * combined by exclusive or with bits 7 to 9; a row of the matrix is 32 of these 128 bytes. Without one eight rows of 16 bytes
 * stand together, and their other halves do so elsewhere. Source of the fields: "Matrix Descriptor Format" and "Strides" in NVIDIA's
 * "Parallel Thread Execution ISA"; other ways to exchange pieces are refused.
 *
 * @param start address of the first byte of the first row
 * @param leading bytes from the first 16 bytes of a row to the others, if pieces are not exchanged
 * @param stride bytes from eight rows to the next eight
 * @param swizzled whether pieces are exchanged
 */
record OperandDescriptor(int start, int leading, int stride, boolean swizzled) {
    private static final int ROWS = 8;
    private static final int ROW_BYTES = 128;
    private static final int TILE = ROWS * ROW_BYTES;
    private static final int BYTES = 32;
    private static final int PIECE = 16;

    /** Addresses and strides are counted in 16 bytes. */
    private static final int UNIT = 4;

    private static final int FIELD = 0x3fff;
    private static final int LEADING_AT = 16;
    private static final int STRIDE_AT = 32;
    private static final int BASE_OFFSET_AT = 49;
    private static final int SWIZZLE_AT = 62;

    /** Bits 14, 15, 30, 31, 46 to 48 and 52 to 61. */
    private static final long RESERVED = 0x3ff1_c000_c000_c000L;

    /** Code of pieces that are exchanged within 128 bytes; 0 is that of none. */
    private static final int SWIZZLE_128 = 1;

    /**
     * Reads a descriptor of a matrix of some rows.
     *
     * @param name operand, for messages
     */
    static OperandDescriptor of(String name, long bits, int rows) {
        int swizzle = (int) (bits >>> SWIZZLE_AT);
        OperandDescriptor descriptor = new OperandDescriptor(
                field(bits, 0), field(bits, LEADING_AT), field(bits, STRIDE_AT), swizzle == SWIZZLE_128);
        require(
                swizzle == 0 || swizzle == SWIZZLE_128,
                name,
                bits,
                "has swizzle mode " + swizzle + ", neither 1, that of 128 bytes, nor 0");
        require((bits & RESERVED) == 0, name, bits, "sets bits that mean nothing");
        require((bits >>> BASE_OFFSET_AT & 7) == 0, name, bits, "has a base offset, so that its tile is not aligned");
        if (descriptor.swizzled) {
            descriptor.requireAligned(name, bits, rows);
        }
        return descriptor;
    }

    private static int field(long bits, int at) {
        return (int) (bits >>> at & FIELD) << UNIT;
    }

    private void requireAligned(String name, long bits, int rows) {
        require(
                start % TILE < ROW_BYTES,
                name,
                bits,
                "begins at " + start + ", which is not in the first row of a tile at a multiple of " + TILE);
        require(start % BYTES == 0, name, bits, "begins at " + start + ", no multiple of " + BYTES);
        require(
                rows <= ROWS || stride > 0 && stride % TILE == 0,
                name,
                bits,
                "has a stride of " + stride + " bytes, which is no multiple of " + TILE);
    }

    private static void require(boolean condition, String name, long bits, String what) {
        if (!condition) {
            throw new Fault(0, SimulatorCode.DESCRIPTOR, name, bits, what);
        }
    }

    /** Address of 16 bytes of a row, piece 0 or 1. */
    int address(int row, int piece) {
        int eight = start + row / ROWS * stride;
        if (!swizzled) {
            return eight + row % ROWS * PIECE + piece * leading;
        }
        int plain = eight + row % ROWS * ROW_BYTES + piece * PIECE;
        return plain ^ (plain / ROW_BYTES % ROWS) << UNIT;
    }
}
