package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.tools.tune.Repetition;
import dev.octet.tools.tune.TimedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The peers' script repeats and names things as this side does. */
class PeersTest {
    private static String script;

    @BeforeAll
    static void read() throws IOException {
        script = Files.readString(Path.of("peers.py"));
    }

    private static MatchResult found(String pattern) {
        return Pattern.compile(pattern).matcher(script).results().findFirst().orElseThrow();
    }

    @Test
    void areRepeatedAsOften() {
        MatchResult numbers =
                found("WANTED, LEAST, WARM_UP_MS, MOST_MS, BURST = (\\d+), (\\d+), (\\d+), (\\d+), (\\d+)");
        Repetition theirs = new Repetition(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                1e3 * Integer.parseInt(numbers.group(3)),
                1e3 * Integer.parseInt(numbers.group(4)));
        assertThat(theirs).isEqualTo(Repetition.OF_RUNS);
        assertThat(numbers.group(5)).isEqualTo(Integer.toString(Repetition.BURST));
        assertThat(found("CONVOLUTION_TIMES = (\\d+)").group(1)).isEqualTo(Integer.toString(TimedNetwork.STEP_TIMES));
        assertThat(found("SIZE = (\\d+)").group(1)).isEqualTo(Integer.toString(BenchmarkNetwork.SIZE));
    }

    /** Java reads the script's expression as Python does. */
    @Test
    void readTheNamesOfConvolutions() {
        Pattern names = Pattern.compile(
                found("CONVOLUTION = re\\.compile\\(r\"(.*)\"\\)").group(1));
        for (ConvolutionShape shape : ConvolutionShape.ALL) {
            MatchResult read = names.matcher(shape.text()).results().findFirst().orElseThrow();
            assertThat(List.of(1, 2, 3, 4, 5).stream().map(i -> read.group(i) == null ? "1" : read.group(i)))
                    .containsExactly(
                            "" + shape.channels(),
                            "" + shape.size(),
                            "" + shape.kernel(),
                            "" + shape.stride(),
                            "" + shape.out());
        }
        for (BenchmarkNetwork network : BenchmarkNetwork.values()) {
            assertThat(names.matcher(network.text()).find()).isFalse();
        }
    }

    /** Their rows are those that this side reads. */
    @Test
    void writeRows() {
        String members = found("row = dict\\(([^)]*)\\)").group(1).replaceAll("\\s+", " ");
        assertThat(members)
                .isEqualTo("kind=\"run\", system=system, network=network, batch=batch, start=\"operand\", us=us[0],"
                        + " low_us=us[1], high_us=us[2], count=len(times");
        assertThat(found("row\\[\"system\"\\] == \"([^\"]*)\"").group(1)).isEqualTo(Precision.INT8.system());
    }
}
