package dev.octet.simulator.execute;

import java.util.Arrays;

/**
 * The registers of a warp: a row of 32 lanes for each. Row 0 of either width belongs to nobody; it takes results of
 * which only some lanes are wanted. Constants have rows too, so that operations need not tell them apart.
 */
public final class Registers {
    /** Lanes of a row. */
    public static final int LANES = 32;

    private static final int ALL = -1;

    private final int[] words;
    private final long[] longs;
    private final int[] predicates;
    private final int[] wordsWritten;
    private final int[] longsWritten;
    private final int[] predicatesWritten;

    Registers(RegisterLayout layout) {
        words = new int[layout.words() * LANES];
        longs = new long[layout.longs() * LANES];
        predicates = new int[layout.predicates()];
        wordsWritten = new int[layout.words()];
        longsWritten = new int[layout.longs()];
        predicatesWritten = new int[layout.predicates()];
        layout.wordConstants()
                .forEach((value, number) -> Arrays.fill(words, number * LANES, (number + 1) * LANES, value));
        layout.longConstants()
                .forEach((value, number) -> Arrays.fill(longs, number * LANES, (number + 1) * LANES, value));
    }

    /** Bytes of the host's memory that such registers take. */
    static long hostBytes(RegisterLayout layout) {
        return (long) (LANES + 1) * Integer.BYTES * layout.words()
                + (long) (LANES * Long.BYTES + Integer.BYTES) * layout.longs()
                + 2L * Integer.BYTES * layout.predicates();
    }

    /** Forgets which registers are written, but for constants. */
    void reset(RegisterLayout layout) {
        Arrays.fill(wordsWritten, 0);
        Arrays.fill(longsWritten, 0);
        Arrays.fill(predicatesWritten, 0);
        layout.wordConstants().values().forEach(number -> wordsWritten[number] = ALL);
        layout.longConstants().values().forEach(number -> longsWritten[number] = ALL);
    }

    /** Fills a row of 32 bits for all lanes. */
    void preset(int number, int[] values) {
        System.arraycopy(values, 0, words, number * LANES, LANES);
        wordsWritten[number] = ALL;
    }

    /** Rows of registers of up to 32 bits. */
    public int[] words() {
        return words;
    }

    /** Rows of registers of 64 bits. */
    public long[] longs() {
        return longs;
    }

    /** Truth values, a bit for each lane. */
    public int[] predicates() {
        return predicates;
    }

    /** Sets a truth value in some lanes. */
    public void setPredicate(int number, int value, int lanes) {
        predicates[number] = predicates[number] & ~lanes | value & lanes;
    }

    /** Computes a row of 32 bits in some lanes. */
    public void computeWords(RowFunction function, int d, int a, int b, int c, int lanes) {
        if (lanes == ALL) {
            function.apply(words, longs, d, a, b, c);
            return;
        }
        function.apply(words, longs, 0, a, b, c);
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            words[d + lane] = words[lane];
        }
    }

    /** Computes a row of 64 bits in some lanes. */
    public void computeLongs(RowFunction function, int d, int a, int b, int c, int lanes) {
        if (lanes == ALL) {
            function.apply(words, longs, d, a, b, c);
            return;
        }
        function.apply(words, longs, 0, a, b, c);
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            longs[d + lane] = longs[lane];
        }
    }

    int written(RegisterSet.Kind kind, int number) {
        return switch (kind) {
            case WORD -> wordsWritten[number];
            case LONG -> longsWritten[number];
            case PREDICATE -> predicatesWritten[number];
        };
    }

    boolean areWritten(RegisterSet set, int lanes) {
        return (common(wordsWritten, set.words())
                        & common(longsWritten, set.longs())
                        & common(predicatesWritten, set.predicates())
                        & lanes)
                == lanes;
    }

    private static int common(int[] written, int[] numbers) {
        int common = ALL;
        for (int number : numbers) {
            common &= written[number];
        }
        return common;
    }

    void markWritten(RegisterSet set, int lanes) {
        mark(wordsWritten, set.words(), lanes);
        mark(longsWritten, set.longs(), lanes);
        mark(predicatesWritten, set.predicates(), lanes);
    }

    void markWritten(int word) {
        wordsWritten[word] = ALL;
    }

    private static void mark(int[] written, int[] numbers, int lanes) {
        for (int number : numbers) {
            written[number] |= lanes;
        }
    }
}
