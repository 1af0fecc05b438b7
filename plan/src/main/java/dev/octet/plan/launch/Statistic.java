package dev.octet.plan.launch;

import java.util.Arrays;
import java.util.Objects;

/**
 * A kernel that counts what a value holds instead of computing one: calibrations launch it on any value of a float program.
 * By kernel ABI 1 it takes one struct by value, of its pointers, a pointer to the workspace, which it does not use, and in
 * place of the batch the number of {@link #VECTOR}s of the value.
 *
 * @param kind what it counts
 * @param kernel which kernel
 * @param geometry how many threads; a unit is a vector
 */
public record Statistic(Kind kind, Step.Kernel kernel, Geometry geometry) {
    /** Floats of a vector. */
    public static final int VECTOR = 4;

    /** Bins of a histogram. */
    public static final int BINS = 2048;

    public Statistic {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(kernel);
        if (geometry.unitsPerImage() != 1 || geometry.gridY() != 1) {
            throw new IllegalArgumentException("a unit of a statistic is a vector: " + geometry);
        }
    }

    /** What a statistic counts. */
    public enum Kind {
        /**
         * The largest magnitude. Pointers: the value, and an unsigned integer that becomes the maximum of itself and of the
         * bits of every {@code |x|}, which is above the bits of every finite number where one is infinite or no number.
         */
        LARGEST("largest"),
        /**
         * A histogram of magnitudes. Pointers: the value, a float f, and two times {@link #BINS} unsigned integers, to which
         * it adds how many x have {@code trunc(|x| * f)} equal to each bin, and then how many of these are negative. Every
         * {@code |x| * f} must be below {@link #BINS}.
         */
        HISTOGRAM("histogram");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The name in plans. */
        public String text() {
            return text;
        }

        /** The kind of a name; throws {@link IllegalArgumentException} if there is none. */
        public static Kind of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown statistic '" + text + "'"));
        }
    }
}
