package dev.octet.tools.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedIntervalTest {
    private static final long SEED = 19980426;
    private static final int TRIALS = 4000;
    private static final int IMAGES = 400;

    /** An interval of 95 % has to cover what it estimates in about 95 of 100 experiments. */
    @Test
    void coversTheTrueDifference() {
        Random random = new Random(SEED);
        double[][] worlds = {{.90, .02, .01}, {.70, .04, .01}, {.55, .05, .05}};
        for (double[] world : worlds) {
            double difference = world[1] - world[2];
            int covered = 0;
            for (int trial = 0; trial < TRIALS; trial++) {
                PairedInterval found = sample(random, world);
                covered += found.low() <= difference && difference <= found.high() ? 1 : 0;
            }
            assertThat((double) covered / TRIALS).as("seed %d", SEED).isBetween(.935, .985);
        }
    }

    private static PairedInterval sample(Random random, double[] world) {
        int[] counts = new int[4];
        for (int i = 0; i < IMAGES; i++) {
            double u = random.nextDouble();
            int kind = u < world[0] ? 0 : u < world[0] + world[1] ? 1 : u < world[0] + world[1] + world[2] ? 2 : 3;
            counts[kind]++;
        }
        return PairedInterval.of(counts[0], counts[1], counts[2], counts[3]);
    }

    @Test
    void isNotEmptyWhereNothingDiffers() {
        PairedInterval same = PairedInterval.of(180, 0, 0, 20);
        assertThat(same.difference()).isZero();
        assertThat(same.low()).isNegative();
        assertThat(same.high()).isPositive();
        PairedInterval certain = PairedInterval.of(200, 0, 0, 0);
        assertThat(certain.low()).isBetween(-.05, -.01);
        assertThat(certain.high()).isBetween(.01, .05);
    }

    @Test
    void turnsRoundWithItsOperands() {
        PairedInterval one = PairedInterval.of(150, 12, 5, 33);
        PairedInterval other = PairedInterval.of(150, 5, 12, 33);
        assertThat(other.low()).isCloseTo(-one.high(), within(1e-12));
        assertThat(other.high()).isCloseTo(-one.low(), within(1e-12));
        assertThat(one.difference()).isCloseTo(7 / 200.0, within(1e-12));
    }

    @Test
    void countsPairs() {
        boolean[] first = {true, true, false, false, true};
        boolean[] second = {true, false, true, false, true};
        assertThat(PairedInterval.of(first, second)).isEqualTo(PairedInterval.of(2, 1, 1, 1));
    }
}
