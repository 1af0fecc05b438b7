package dev.octet.plan.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormMeansTest {
    private static final int POINTS = 400_000;

    /** Against a sum over the density, from -12 to 12 deviations. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, Infinity",
        "-1.5, 2, Infinity",
        "3, 0.25, Infinity",
        "0, 1, 6",
        "5, 2, 6",
        "-20, 1, 6",
        "20, 1, 6",
        "2.5, 0, 6",
        "9, 0, 6",
        "-1, 0, Infinity"
    })
    void clipsANormalDistribution(double mean, double deviation, double upper) {
        NormMeans.Normal clipped = new NormMeans.Normal(mean, deviation * deviation).clipped(upper);

        double first = 0;
        double second = 0;
        double weights = 0;
        for (int i = 0; i <= POINTS; i++) {
            double z = -12 + 24.0 * i / POINTS;
            double weight = Math.exp(-z * z / 2);
            double y = Math.min(Math.max(mean + deviation * z, 0), upper);
            weights += weight;
            first += weight * y;
            second += weight * y * y;
        }
        first /= weights;
        assertThat(clipped.mean()).isCloseTo(first, within(1e-6));
        assertThat(clipped.variance()).isCloseTo(second / weights - first * first, within(1e-5));
    }
}
