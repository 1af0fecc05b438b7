package dev.octet.runtime.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        for (RangeRule rule : RangeRule.all()) {
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
        assertThat(ENTROPY.range(histogram, steps)).as("seed %d", seed).isEqualTo(plain(histogram, steps, true));
        assertThat(RangeRule.entropyTensorRt().range(histogram, steps))
                .as("seed %d", seed)
                .isEqualTo(plain(histogram, 127, false));
    }

    /** The definition, bin by bin. */
    private static float plain(Histogram histogram, int steps, boolean mustPay) {
        long[] counts = histogram.counts();
        counts[0] = 0;
        double least = Double.POSITIVE_INFINITY;
        int best = counts.length - 1;
        for (int last = steps; last < counts.length; last++) {
            long beyond = LongStream.of(counts).skip(last + 1L).sum();
            long inside = LongStream.of(counts).limit(last + 1L).sum();
            if (inside == 0 || mustPay && error(counts, last, steps) > error(counts, counts.length - 1, steps)) {
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

    @Test
    void namesLeadToTheirRules() {
        for (RangeRule rule : RangeRule.all()) {
            assertThat(RangeRule.named(rule.name()).map(RangeRule::name)).contains(rule.name());
        }
        assertThat(RangeRule.all()).extracting(RangeRule::name).doesNotHaveDuplicates();
        assertThat(RangeRule.named("percentile-99.50").orElseThrow().name()).isEqualTo("percentile-99.5");
        assertThat(RangeRule.named("percentile").orElseThrow().name()).isEqualTo("percentile-99.99");
        for (String name : new String[] {
            "",
            "Naive",
            "percentile-",
            "percentile-0",
            "percentile-101",
            "percentile-1e1",
            "percentile-.",
            "percentile99"
        }) {
            assertThat(RangeRule.named(name)).as(name).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.0001, Double.NaN, Double.POSITIVE_INFINITY})
    void percentilesAreOfAHundred(double percent) {
        assertThatIllegalArgumentException().isThrownBy(() -> RangeRule.percentile(percent));
    }

    /** At least the share that was asked for is represented, and with one bin less it would not be. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aPercentileCoversItsShareAndNoMoreThanABinBeyond(long seed) {
        Random random = new Random(seed);
        float[] values = new float[2000 + random.nextInt(2000)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * (random.nextInt(50) == 0 ? 9 : 1);
        }
        Histogram histogram = new Histogram();
        histogram.add(values, 0, values.length);
        double percent = random.nextInt(4) == 0 ? 100 : 50 + 50 * random.nextDouble();
        float range = RangeRule.percentile(percent).range(histogram, 127);
        assertThat(covered(values, range)).as("seed %d", seed).isGreaterThanOrEqualTo(percent / 100);
        assertThat(covered(values, range - 1.001 * histogram.width()))
                .as("seed %d", seed)
                .isLessThan(percent / 100);
        assertThat(RangeRule.percentile(100).range(histogram, 127)).isEqualTo(histogram.max());
    }

    private static double covered(float[] values, double range) {
        int inside = 0;
        for (float value : values) {
            inside += Math.abs(value) <= range ? 1 : 0;
        }
        return (double) inside / values.length;
    }

    /** Against the error of quantising the values themselves with every range on a fine grid. */
    @ParameterizedTest
    @MethodSource("seeds")
    void mseIsNearTheLeastErrorOfTheValues(long seed) {
        Random random = new Random(seed);
        float[] values = new float[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.exp(random.nextGaussian() / 2));
        }
        Histogram histogram = new Histogram();
        histogram.add(values, 0, values.length);
        int steps = seed % 2 == 0 ? 127 : 255;
        double chosen = squaredError(values, RangeRule.mse().range(histogram, steps), steps);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i <= 400; i++) {
            least = Math.min(least, squaredError(values, histogram.max() * i / 400, steps));
        }
        assertThat(chosen).as("seed %d", seed).isLessThan(least * 1.01);
        assertThat(least).isLessThan(squaredError(values, histogram.max(), steps));
    }

    private static double squaredError(float[] values, double range, int steps) {
        double step = range / steps;
        double sum = 0;
        for (float value : values) {
            double error = value - Math.max(-steps, Math.min(steps, Math.rint(value / step))) * step;
            sum += error * error;
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mxnetIsTheLeastDivergenceByItsDefinition(long seed) {
        Random random = new Random(seed);
        boolean unsigned = random.nextBoolean();
        Histogram histogram = histogram(3000 + random.nextInt(3000), () -> {
            double value = Math.exp(random.nextGaussian() / 2) * (random.nextBoolean() ? 1 : -1);
            return unsigned ? Math.max(value, 0) : value;
        });
        int steps = unsigned ? 255 : 127;
        assertThat(RangeRule.entropyMxNet().range(histogram, steps))
                .as("seed %d", seed)
                .isEqualTo(mxnet(histogram, steps));
    }

    /** The definition: one array per step of the computation. */
    private static float mxnet(Histogram histogram, int steps) {
        long[] negative = histogram.negativeCounts();
        long[] all = histogram.counts();
        double least = Double.POSITIVE_INFINITY;
        int best = all.length;
        for (int i = steps + 1; i <= all.length; i++) {
            double[] inside = new double[2 * i];
            double[] p = new double[2 * i];
            for (int bin = 0; bin < all.length; bin++) {
                long positive = all[bin] - negative[bin];
                p[i + Math.min(bin, i - 1)] += positive;
                p[i - 1 - Math.min(bin, i - 1)] += negative[bin];
                if (bin < i) {
                    inside[i + bin] = positive;
                    inside[i - 1 - bin] = negative[bin];
                }
            }
            double divergence = divergence(smoothed(p), smoothed(spread(p, inside, 2 * steps + 1)));
            if (divergence < least - 1e-12) {
                least = divergence;
                best = i;
            }
        }
        return (float) Math.min(best * histogram.width(), histogram.max());
    }

    private static double[] spread(double[] p, double[] inside, int levels) {
        double[] q = new double[p.length];
        int joined = p.length / levels;
        for (int level = 0; level < levels; level++) {
            int from = level * joined;
            int to = level == levels - 1 ? p.length : from + joined;
            double sum = Arrays.stream(inside, from, to).sum();
            long bins = Arrays.stream(p, from, to).filter(count -> count > 0).count();
            for (int i = from; i < to; i++) {
                q[i] = p[i] > 0 ? sum / bins : 0;
            }
        }
        return q;
    }

    private static double[] smoothed(double[] counts) {
        long zeros = Arrays.stream(counts).filter(count -> count == 0).count();
        double taken = 1e-4 * zeros / (counts.length - zeros);
        return Arrays.stream(counts)
                .map(count -> count == 0 ? 1e-4 : count - taken)
                .toArray();
    }

    private static double divergence(double[] p, double[] q) {
        double sumP = Arrays.stream(p).sum();
        double sumQ = Arrays.stream(q).sum();
        double divergence = 0;
        for (int i = 0; i < p.length; i++) {
            if (q[i] <= 0) {
                return Double.POSITIVE_INFINITY;
            }
            divergence += p[i] / sumP * Math.log(p[i] / sumP / (q[i] / sumQ));
        }
        return divergence;
    }
}
