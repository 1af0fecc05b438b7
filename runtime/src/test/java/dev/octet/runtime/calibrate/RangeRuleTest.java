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

    /** A background of one value, half of everything, draws the divergence to itself. */
    @Test
    void entropySaturatesAtMostOneInAHundred() {
        Random random = new Random(4);
        Histogram histogram =
                histogram(100_000, () -> random.nextBoolean() ? -0.8101983 : random.nextInt(256) / 90.0 - 0.8);
        float range = ENTROPY.range(histogram, 127);
        long beyond = 0;
        long[] counts = histogram.counts();
        for (int bin = (int) (range / histogram.width()) + 1; bin < counts.length; bin++) {
            beyond += counts[bin];
        }
        assertThat(beyond).isLessThanOrEqualTo(1000);
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
        return org.assertj.core.data.Offset.offset(Float.MAX_VALUE / 1000);
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
        long all = LongStream.of(counts).sum();
        double least = Double.POSITIVE_INFINITY;
        int best = counts.length - 1;
        for (int last = steps; last < counts.length; last++) {
            long beyond = LongStream.of(counts).skip(last + 1L).sum();
            if (beyond > 0.01 * all) {
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

    private static double divergence(long[] counts, int last, long beyond, int steps) {
        double[] p = new double[last + 1];
        double[] q = new double[last + 1];
        for (int bin = 1; bin <= last; bin++) {
            p[bin] = counts[bin] + (bin == last ? beyond : 0);
        }
        for (int bin = 1; bin <= last; bin++) {
            double inStep = 0;
            int bins = 0;
            for (int other = 1; other <= last; other++) {
                if (p[other] > 0 && step(other, last, steps) == step(bin, last, steps)) {
                    inStep += counts[other];
                    bins++;
                }
            }
            q[bin] = p[bin] > 0 ? Math.max(inStep / bins, 1e-4) : 0;
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

    private static long step(int bin, int last, int steps) {
        return Math.round((bin + 0.5) / (last + 0.5) * steps);
    }
}
