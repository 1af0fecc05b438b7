package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Registers;

/**
 * A register as operations address it.
 *
 * @param start where its row begins
 * @param wide whether it has 64 bits
 * @param bits its width
 */
record Row(int start, boolean wide, int bits) {
    /** The bits of a lane, extended with zeros. */
    long get(Registers registers, int lane) {
        return wide ? registers.longs()[start + lane] : registers.words()[start + lane] & 0xffff_ffffL;
    }

    /** Sets a lane to the low bits of a value. */
    void set(Registers registers, int lane, long value) {
        if (wide) {
            registers.longs()[start + lane] = value;
        } else {
            registers.words()[start + lane] = bits == 32 ? (int) value : (int) value & (1 << bits) - 1;
        }
    }
}
