package dev.octet.plan.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTableTest {
    private static final String GRAPH = "0a".repeat(32);
    private static final String WEIGHTS = "f1".repeat(32);
    private static final String TEXT = "octet-calibration 1.0\nnetwork com.acme.Net\ngraph " + GRAPH + "\nweights "
            + WEIGHTS + "\nalgorithm entropy\nexamples 500\nb1.relu 3.25\nimage 0.1\n";

    private static CalibrationTable read(String text) {
        return CalibrationTable.read(text, "net.calibration");
    }

    @Test
    void readsWhatItWrites() {
        CalibrationTable table = read(TEXT);
        assertThat(table.write()).isEqualTo(TEXT);
        assertThat(read(table.write())).isEqualTo(table);
        assertThat(table.examples()).isEqualTo(500);
        assertThat(table.amax("image")).isEqualTo(.1f);
    }

    @Test
    void aScaleIsTheRangePerStepInDouble() {
        TensorType type = TensorType.quantized(ElementType.U8, Shape.of(4), "image");
        assertThat(read(TEXT).scale(type)).isEqualTo((double) .1f / 255);
    }

    @Test
    void orderCommentsAndLineEndsAreFree() {
        String other = TEXT.replace("b1.relu 3.25\nimage 0.1\n", "# by hand\nimage 0.1\n# more\nb1.relu 3.250\n");
        assertThat(read(other.replace("\n", "\r\n"))).isEqualTo(read(TEXT));
    }

    @Test
    void aMissingValueIsNamedWithWhatIsNear() {
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(TEXT).amax("b2.relu"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TableCode.MISSING))
                .withMessageContaining("com.acme.Net has no range for value 'b2.relu'. Did you mean 'b1.relu'?");
    }

    @Test
    void belongsToOneGraphAndItsWeights() {
        CalibrationTable table = read(TEXT);
        assertThatCode(() -> table.check("com.acme.Net", GRAPH, WEIGHTS)).doesNotThrowAnyException();
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> table.check("com.acme.Net", WEIGHTS, WEIGHTS))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TableCode.FOREIGN));
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> table.check("com.acme.Other", GRAPH, WEIGHTS))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TableCode.FOREIGN));
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> table.check("com.acme.Net", GRAPH, GRAPH))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TableCode.OTHER_WEIGHTS))
                .withMessageContaining("weights " + WEIGHTS.substring(0, 12) + "...,")
                .withMessageContaining("mvn compile octet:calibrate")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(WEIGHTS, GRAPH));
    }

    @Test
    void versions() {
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(TEXT.replace("n 1.0", "n 2.0")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TableCode.VERSION))
                .withMessageContaining("net.calibration has calibration table version 2.0, this Octet reads 1.0");
        assertThat(read(TEXT.replace("n 1.0", "n 1.1") + "?percentile 99\n")).isEqualTo(read(TEXT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image 0.1      | image 0           | 8 | the range of 'image' is positive and finite, not 0.0",
                "image 0.1      | image -1          | 8 | positive and finite",
                "image 0.1      | image NaN         | 8 | not a decimal number: NaN",
                "image 0.1      | image Infinity    | 8 | not a decimal number",
                "image 0.1      | image 1E+39       | 8 | number too large for a float",
                "image 0.1      | image 1E-99       | 8 | positive and finite, not 0.0",
                "image 0.1      | b1.relu 1         | 8 | value 'b1.relu' is listed twice",
                "image 0.1      | image             | 8 | expected ' ', found 'end of line'",
                "examples 500   | examples 3000000000 | 6 | number '3000000000' is not in 0..2147483647",
                "algorithm      | algorythm         | 5 | expected 'algorithm '",
                "graph 0a       | graph 0A          | 9 | not a SHA-256 in hexadecimal",
            })
    void namesTheLineOfAMistake(String right, String wrong, int line, String message) {
        assertThat(TEXT).contains(right);
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(TEXT.replace(right, wrong)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TableCode.MALFORMED))
                .withMessageContaining("net.calibration, line " + line + ": ")
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesRangesThatNoScaleCanHave(float range) {
        TreeMap<String, Float> ranges = new TreeMap<>();
        ranges.put("x", range);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CalibrationTable("a.B", GRAPH, WEIGHTS, "minmax", 1, ranges));
    }
}
