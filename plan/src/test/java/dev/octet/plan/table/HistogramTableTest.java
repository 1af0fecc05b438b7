package dev.octet.plan.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octet.plan.diag.OctetException;
import dev.octet.testkit.DamagedCopies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTableTest {
    private static final String HASH = "0a".repeat(32);
    static final String TEXT = "octet-histograms 1.0\nnetwork com.acme.Net\ngraph " + HASH + "\nweights " + HASH
            + "\nexamples 500\nalgorithms entropy percentile-99.9\n"
            + "value b1.relu\nsteps 255\nranges 3.25 3.5\nmax 3.75\nwidth 1\ncounts 7 0 1 9007199254740992\n"
            + "negative 0 0 0 0\n"
            + "value image\nsteps 127\nranges 0.1 1E-7\nmax 0\nwidth 8.271806E-25\ncounts 12\nnegative 0\n";

    private static HistogramTable read(String text) {
        return HistogramTable.read(text, "net.histograms");
    }

    @Test
    void readsWhatItWrites() {
        HistogramTable table = read(TEXT);
        assertThat(table.write()).isEqualTo(TEXT);
        assertThat(read(table.write())).isEqualTo(table);
        assertThat(table.values().get("b1.relu").ranges()).containsExactly(3.25f, 3.5f);
        assertThat(read(TEXT.replace("\n", "\r\n").replace("value ", "# by hand\r\nvalue ")))
                .isEqualTo(table);
        assertThat(read(TEXT.replace(" 1.0\n", " 1.7\n").replace("steps", "?kinds 3\nsteps")))
                .isEqualTo(table);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "examples 500      | examples 0         | 5 | number '0' is not in 1..2147483647",
                "percentile-99.9   | entropy            | 7 | different algorithms",
                "value image       | value b1.relu      | 21 | value 'b1.relu' is listed twice",
                "ranges 3.25 3.5   | ranges 3.25        | 21 | has 1 ranges for 2 algorithms",
                "ranges 3.25       | ranges 0           | 14 | ranges are positive",
                "ranges 3.25       | ranges 1E99        | 9 | number too large",
                "steps 255         | steps 254          | 14 | steps are 127 or 255",
                "width 1           | width 3            | 14 | the width is a power of two",
                "width 1           | width 0            | 14 | the width is a power of two",
                "max 3.75          | max 4              | 14 | the largest value is in the last bin",
                "max 3.75          | max -3             | 14 | the largest value is not negative",
                "counts 7 0 1 9007199254740992 | counts 7 0 1 9007199254740993 | 12 | is not in 0..9007199254740992",
                "counts 7 0 1 9007199254740992 | counts 7 0 1 0 | 14 | the last bin is not empty",
                "counts 7          | counts -7          | 12 | expected a number",
                "negative 0 0 0 0  | negative 0 0 0     | 14 | as many counts of negative values",
                "negative 0 0 0 0  | negative 8 0 0 0   | 14 | no more values of a bin are negative",
            })
    void refusesWhatNoHistogramHas(String part, String other, int line, String complaint) {
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(TEXT.replaceFirst(part, other)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(HistogramCode.MALFORMED))
                .withMessageContaining("net.histograms, line ")
                .withMessageContaining(complaint);
    }

    @Test
    void constructorsRefuseNonsense() {
        ValueHistogram value = read(TEXT).values().get("image");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistogramTable("a", HASH, HASH, 1, List.of(), new TreeMap<>()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistogramTable(
                        "a", HASH, HASH, 1, List.of("naive"), new TreeMap<>(java.util.Map.of("v", value))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ValueHistogram(127, List.of(1f), Float.NaN, 1, List.of(1L), List.of(0L)));
    }

    @Test
    void damagedFilesAreRefusedOrRead() throws Exception {
        byte[] file = TEXT.getBytes(StandardCharsets.UTF_8);
        DamagedCopies.of("HISTOGRAM", file).check(2000, 20, bytes -> {
            HistogramTable table = read(new String(bytes, StandardCharsets.UTF_8));
            assertThat(read(table.write())).isEqualTo(table);
            return true;
        });
    }
}
