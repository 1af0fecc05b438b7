package dev.octet.simulator.execute;

/**
 * A function of registers, computed for all 32 lanes at once, active or not: so it has to be total. A row is the
 * register of all lanes, 32 neighbouring array elements.
 */
@FunctionalInterface
public interface RowFunction {
    /**
     * Computes a row.
     *
     * @param words rows of registers of up to 32 bits; narrower values are extended with zeros
     * @param longs rows of registers of 64 bits
     * @param d where the result's row begins, in the array of its width
     * @param a where the first operand's row begins, in the array of its width
     * @param b the same of the second, if any
     * @param c the same of the third, if any
     */
    void apply(int[] words, long[] longs, int d, int a, int b, int c);
}
