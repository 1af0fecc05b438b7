package dev.octet.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void areQuantiles() {
        double[] micros =
                IntStream.rangeClosed(0, 100).mapToDouble(i -> 100 - i).toArray();
        assertThat(Times.of(micros)).isEqualTo(new Times(50, 10, 90, 101));
        assertThat(Times.of(7)).isEqualTo(new Times(7, 7, 7, 1));
        assertThat(Times.of(3, 1)).isEqualTo(new Times(1, 1, 3, 2));
    }

    @Test
    void leaveTheOrderOfWhatTheyAreMadeOf() {
        double[] micros = {3, 1, 2};
        Times.of(micros);
        assertThat(micros).containsExactly(3, 1, 2);
    }

    @Test
    void areThoseOfParts() {
        assertThat(new Times(40, 20, 60, 9).dividedBy(20)).isEqualTo(new Times(2, 1, 3, 9));
    }

    @Test
    void refuseNonsense() {
        assertThatThrownBy(() -> new Times(1, 2, 3, 1)).hasMessage("times 2.0, 1.0, 3.0 of 1");
        assertThatThrownBy(() -> new Times(Double.NaN, 1, 3, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Times(1, 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
