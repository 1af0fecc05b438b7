package dev.octet.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepetitionTest {
    private static final Repetition REPETITION = new Repetition(100, 10, 50, 2000);

    private final List<Integer> bursts = new ArrayList<>();

    private double[] burst(int count, double micros) {
        bursts.add(count);
        double[] all = new double[count];
        Arrays.fill(all, micros);
        return all;
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    /** As many times as wanted, fewer when time is up, but never fewer than ten. */
    @ParameterizedTest
    @CsvSource({"1, 100", "20, 100", "21, 100", "23, 90", "100, 20", "5000, 10"})
    void endsWhenItIsTime(double micros, int times) {
        Times timed = REPETITION.time(count -> burst(count, micros));
        assertThat(timed).isEqualTo(new Times(micros, micros, micros, times));
    }

    /** Warming up takes single runs until that takes long enough; what is timed comes in tens. */
    @Test
    void warmsUp() {
        REPETITION.time(count -> burst(count, 20));
        List<Integer> expected = new ArrayList<>(List.of(1, 1, 1));
        expected.addAll(Collections.nCopies(10, 10));
        assertThat(bursts).isEqualTo(expected);
    }

    @Test
    void endsWhereTheClockStandsStill() {
        assertThat(REPETITION.time(count -> burst(count, 0)).count()).isEqualTo(100);
        assertThat(sum(bursts)).isEqualTo(1100);
    }

    @Test
    void timesOnTheHostsClock() {
        List<Integer> runs = new ArrayList<>();
        Times times = new Repetition(15, 5, 0, 1e9).timeOnHost(() -> runs.add(1));
        assertThat(times.count()).isEqualTo(15);
        assertThat(runs).hasSize(16);
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new Repetition(5, 6, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Repetition(5, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Repetition(5, 5, Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
