package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.tools.tune.Times;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RowTest {
    private static final Times TIMES = new Times(2.5, 2.25, 3.125, 50);

    static Stream<Row> rows() {
        return Stream.of(
                new Row.DeviceInfo("GPU \"x\"", "compute capability 9.0\\"),
                new Row.Clocks("before", "1980 MHz, 1593 MHz"),
                new Row.Control("after resnet50", TIMES),
                new Row.Copy(1L << 31, TIMES),
                new Row.Run("octet int8", "resnet50", 128, Row.Start.OPERAND, TIMES),
                new Row.Launch("resnet50", 8, 3, "conv1", "conv_k", "sm_80", new StepCost(123_456, 7_890), TIMES),
                new Row.Recorded("Peer 1.0", "GPU", "2026-11-23", "resnet18", 1, 107),
                new Row.Rate("sm_80", 1327, "measured"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isReadAsItWasWritten(Row row) {
        assertThat(Row.read(row.json())).isEqualTo(row);
    }

    /** What other programs write, and people's scripts read, has these names. */
    @Test
    void isALineOfJson() {
        assertThat(new Row.Run("octet int8", "resnet50", 8, Row.Start.HOST, TIMES).json())
                .isEqualTo("{\"kind\": \"run\", \"system\": \"octet int8\", \"network\": \"resnet50\", \"batch\": 8,"
                        + " \"start\": \"host\", \"us\": 2.500, \"low_us\": 2.250, \"high_us\": 3.125, \"count\": 50}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "[] ~ expected an object",
                "{\"kind\": 3} ~ 'kind' is no text: 3.0",
                "{\"kind\": \"speed\"} ~ unknown kind 'speed'",
                "{\"kind\": \"copy\", \"us\": 1} ~ 'bytes' is no number: null",
                "{\"kind\": \"copy\", \"bytes\": 1.5} ~ 'bytes' is no integer: 1.5",
                "{\"kind\": \"copy\", \"bytes\": 1, \"us\": 1, \"low_us\": 2, \"high_us\": 3, \"count\": 1}"
                        + " ~ times 2.0, 1.0, 3.0 of 1",
                "{\"kind\": \"copy\" ~ line 1: expected }"
            })
    void saysWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> Row.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
