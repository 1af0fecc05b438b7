package dev.octet.runtime.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
    private static Histogram of(float... values) {
        Histogram histogram = new Histogram();
        assertThat(histogram.add(values, 0, values.length)).isTrue();
        return histogram;
    }

    @Test
    void binsHoldTheirValues() {
        Histogram histogram = of(0, -1, 1.5f, 2047.99f, 1024);
        assertThat(histogram.width()).isEqualTo(1);
        long[] counts = histogram.counts();
        assertThat(counts).hasSize(2048);
        assertThat(counts[0]).isEqualTo(1);
        assertThat(counts[1]).isEqualTo(2);
        assertThat(counts[1024]).isEqualTo(1);
        assertThat(counts[2047]).isEqualTo(1);
        assertThat(histogram.max()).isEqualTo(2047.99f);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void dependsOnTheValuesAlone(long seed) {
        Random random = new Random(seed);
        float[] values = new float[5000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(12)));
        }
        Histogram whole = of(values);
        Histogram ascending = new Histogram();
        Arrays.sort(values);
        for (int from = 0; from < values.length; ) {
            int to = Math.min(values.length, from + 1 + random.nextInt(700));
            ascending.add(values, from, to);
            from = to;
        }
        assertThat(ascending.counts()).as("seed %d", seed).isEqualTo(whole.counts());
        assertThat(ascending.negativeCounts()).as("seed %d", seed).isEqualTo(whole.negativeCounts());
        assertThat(Arrays.stream(whole.negativeCounts()).sum())
                .isEqualTo(Arrays.binarySearch(values, 0) < 0 ? -1L - Arrays.binarySearch(values, 0) : -1);
        assertThat(whole.total()).isEqualTo(values.length);
        assertThat(ascending.width()).isEqualTo(whole.width());
        assertThat(ascending.max()).isEqualTo(whole.max());
    }

    @Test
    void theLargestValueLiesInTheUpperHalf() {
        for (float max : new float[] {1e-20f, 0.1f, 1, 2047, 2048, 1e30f, Float.MAX_VALUE}) {
            Histogram histogram = of(1e-38f, max);
            assertThat(histogram.counts()).as("%s", max).hasSizeBetween(1025, 2048);
            assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(2);
        }
    }

    @Test
    void nothingAndZerosHaveNoRange() {
        assertThat(new Histogram().counts()).isEmpty();
        assertThat(of(0, -0f).counts()).containsExactly(2);
        assertThat(of(0, -0f).max()).isZero();
        assertThat(of(Float.MIN_VALUE).counts()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesWhatIsNotFinite(float value) {
        assertThat(new Histogram().add(new float[] {1, value, 2}, 0, 3)).isFalse();
        assertThat(new Histogram().add(new float[] {value, 1}, 1, 2)).isTrue();
    }
}
