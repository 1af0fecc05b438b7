package dev.octet.runtime.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of which many are one constant, as in images with a plain background. */
class EntropySpikeTest {
    private static final int VALUES = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {127, 255})
    void clipsFewValuesThoughHalfOfAllAreOneConstant(int steps) {
        Random random = new Random(9);
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = i % 2 == 0 ? -0.81f : random.nextFloat() * 2.8f - 0.81f;
        }
        Histogram histogram = new Histogram();
        histogram.add(values, 0, VALUES);

        float range = RangeRule.entropy().range(histogram, steps);

        int clipped = 0;
        for (float value : values) {
            clipped += Math.abs(value) > range ? 1 : 0;
        }
        assertThat(clipped).as("values beyond %s, seed 9", range).isLessThanOrEqualTo(VALUES / 100);
    }

    @Test
    void stillClipsOutliers() {
        Random random = new Random(10);
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = (float) random.nextGaussian();
        }
        values[17] = 40;
        Histogram histogram = new Histogram();
        histogram.add(values, 0, VALUES);

        assertThat(RangeRule.entropy().range(histogram, 127)).as("seed 10").isBetween(2f, 10f);
    }
}
