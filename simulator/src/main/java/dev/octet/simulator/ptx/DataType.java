package dev.octet.simulator.ptx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Fundamental types. */
public enum DataType {
    /** A truth value. */
    PRED(1),
    /** Bits without meaning. */
    B8(8),
    B16(16),
    B32(32),
    B64(64),
    /** Two's complement. */
    S8(8),
    S16(16),
    S32(32),
    S64(64),
    /** Natural numbers. */
    U8(8),
    U16(16),
    U32(32),
    U64(64),
    /** IEEE 754. */
    F32(32),
    F64(64);

    private final int bits;

    DataType(int bits) {
        this.bits = bits;
    }

    /** Its width; a predicate has 1. */
    public int bits() {
        return bits;
    }

    /** Bytes in memory. */
    public int bytes() {
        return bits / 8;
    }

    /** Whether values are in two's complement. */
    public boolean isSigned() {
        return this == S8 || this == S16 || this == S32 || this == S64;
    }

    /** Whether values are floating-point numbers. */
    public boolean isFloat() {
        return this == F32 || this == F64;
    }

    /** Whether a register of this type takes a row of 64 bits. */
    public boolean isWide() {
        return bits == 64;
    }

    /** The type's word in PTX, without the dot. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of a word without its dot. */
    public static Optional<DataType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.text().equals(word)).findFirst();
    }
}
