package dev.octet.runtime.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RangeRuleTest {
    private static final RangeRule ENTROPY = RangeRule.entropy();

    private static Histogram histogram(int count, DoubleSupplier source) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) source.getAsDouble();
        }
        Histogram histogram = new Histogram();
        histogram.add(values, 0, count);
        return histogram;
    }

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @Test
    void naiveIsTheLargest() {
        Histogram histogram = histogram(100, new Random(1)::nextGaussian);
        assertThat(RangeRule.naive().range(histogram, 127)).isEqualTo(histogram.max());
    }

    @Test
    void entropyCutsAnOutlier() {
        Random random = new Random(2);
        int[] count = {0};
        Histogram histogram = histogram(200_000, () -> count[0]++ == 0 ? 60 : random.nextGaussian());
        assertThat(ENTROPY.range(histogram, 127)).isBetween(3f, 10f);
    }

    @Test
    void entropyKeepsAUniformRange() {
        Histogram histogram = histogram(200_000, new Random(3)::nextDouble);
        assertThat(ENTROPY.range(histogram, 255)).isBetween(0.97f, 1f);
    }

    @Test
    void rangesOfZerosAndOfTinyValuesAreUsable() {
        for (RangeRule rule : new RangeRule[] {RangeRule.naive(), ENTROPY}) {
            assertThat(rule.range(histogram(10, () -> 0), 127)).isEqualTo(RangeRule.RANGE_OF_ZEROS);
            assertThat(rule.range(histogram(10, () -> 1e-44), 127)).isEqualTo(RangeRule.SMALLEST);
            assertThat(rule.range(histogram(1, () -> Float.MAX_VALUE), 255)).isEqualTo(Float.MAX_VALUE, within());
        }
    }

    private static org.assertj.core.data.Offset<Float> within() {
        return org.assertj.core.data.Offset.offset(Float.MAX_VALUE / 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void entropyIsTheLeastDivergenceByItsDefinition(long seed) {
        Random random = new Random(seed);
        double spread = 0.5 + random.nextInt(4);
        Histogram histogram = histogram(
                3000 + random.nextInt(3000),
                () -> Math.exp(random.nextGaussian() / spread) * (random.nextInt(9) == 0 ? 0 : 1));
        int steps = random.nextBoolean() ? 127 : 255;
        assertThat(ENTROPY.range(histogram, steps)).as("seed %d", seed).isEqualTo(plain(histogram, steps));
    }

    /** The definition, bin by bin. */
    private static float plain(Histogram histogram, int steps) {
        long[] counts = histogram.counts();
        counts[0] = 0;
        double least = Double.POSITIVE_INFINITY;
        int best = counts.length - 1;
        for (int last = steps; last < counts.length; last++) {
            long beyond = LongStream.of(counts).skip(last + 1L).sum();
            if (error(counts, last, steps) > error(counts, counts.length - 1, steps)) {
                continue;
            }
            double divergence = divergence(counts, last, beyond, steps);
            if (divergence < least - 1e-12) {
                least = divergence;
                best = last;
            }
        }
        return (float) Math.min((best + 0.5) * histogram.width(), histogram.max());
    }

    /** Sum of a quarter of a step for each bin inside and of the distance for each beyond, in bins. */
    private static double error(long[] counts, int last, int steps) {
        double error = 0;
        for (int bin = 1; bin < counts.length; bin++) {
            error += counts[bin] * (bin <= last ? (last + 0.5) / steps / 4 : bin - last);
        }
        return error;
    }

    private static double divergence(long[] counts, int last, long beyond, int steps) {
        double[] p = new double[last + 1];
        double[] q = new double[last + 1];
        for (int bin = 1; bin <= last; bin++) {
            p[bin] = counts[bin] + (bin == last ? beyond : 0);
        }
        double[] inStep = new double[steps + 1];
        int[] binsOfStep = new int[steps + 1];
        for (int bin = 1; bin <= last; bin++) {
            inStep[step(bin, last, steps)] += counts[bin];
            binsOfStep[step(bin, last, steps)] += p[bin] > 0 ? 1 : 0;
        }
        for (int bin = 1; bin <= last; bin++) {
            int step = step(bin, last, steps);
            q[bin] = p[bin] > 0 ? Math.max(inStep[step] / binsOfStep[step], 1e-4) : 0;
        }
        double sumP = 0;
        double sumQ = 0;
        for (int bin = 1; bin <= last; bin++) {
            sumP += p[bin];
            sumQ += q[bin];
        }
        double divergence = 0;
        for (int bin = 1; bin <= last; bin++) {
            if (p[bin] > 0) {
                divergence += p[bin] / sumP * Math.log(p[bin] / sumP / (q[bin] / sumQ));
            }
        }
        return divergence;
    }

    private static int step(int bin, int last, int steps) {
        return (int) Math.round((bin + 0.5) / (last + 0.5) * steps);
    }
}
