package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Compares memory. */
final class Bytes {
    private Bytes() {}

    /** Fails with the number of differences and the first of them, rather than with all bytes. */
    static void assertEqual(String what, byte[] actual, byte[] expected) {
        assertThat(actual).as("size of %s", what).hasSameSizeAs(expected);
        int first = Arrays.mismatch(actual, expected);
        if (first >= 0) {
            long count = IntStream.range(0, actual.length)
                    .filter(i -> actual[i] != expected[i])
                    .count();
            throw new AssertionError(String.format(
                    "%s: %d of %d bytes differ, the first at %d: %d instead of %d",
                    what, count, actual.length, first, actual[first], expected[first]));
        }
    }
}
