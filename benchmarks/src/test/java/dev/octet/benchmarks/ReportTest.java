package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.tools.tune.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Log RECORDED = new Log(List.of(
            new Row.Recorded("Peer 1", "Other GPU", "2026-01-02", "net", 8, 50),
            new Row.Recorded("Peer 1", "Other GPU", "2026-01-02", "net", 64, 1),
            new Row.Recorded("Peer 1", "Other GPU", "2026-01-02", "another", 8, 1),
            new Row.Rate("sm_80", 2, "said so")));

    private static Times times(double median) {
        return new Times(median, median / 2, median * 2, 50);
    }

    private static Row.Run run(String system, int batch, Row.Start start, double micros) {
        return new Row.Run(system, "net", batch, start, times(micros));
    }

    private static Row.Launch launch(int number, String layer, long bytes, long macs, double micros) {
        return new Row.Launch("net", 8, number, layer, layer + "_k", "sm_80", new StepCost(bytes, macs), times(micros));
    }

    /** A copy of 1 GB/s and multiplications of 1 a picosecond: floors are 1 us for each 1,000 bytes or 1,000,000 of these. */
    private static List<Row> measured() {
        return new ArrayList<>(List.of(
                new Row.DeviceInfo("GPU", "of tests"),
                new Row.Copy(1000, times(1)),
                new Row.Control("before net", times(100)),
                run("octet int8", 8, Row.Start.HOST, 90),
                run("octet int8", 8, Row.Start.IMAGE, 45),
                run("octet int8", 8, Row.Start.OPERAND, 40),
                launch(1, "a", 2000, 1_000_000, 3),
                launch(2, "b", 1000, 4_000_000, 10),
                run("octet int8", 1, Row.Start.OPERAND, 20),
                run("octet fp32", 8, Row.Start.HOST, 1),
                run("octet fp32", 8, Row.Start.OPERAND, 100),
                new Row.Control("after net", times(110)),
                run("torch fp16", 8, Row.Start.OPERAND, 60)));
    }

    @Test
    void putsNetworksBesideTheirPeers() {
        assertThat(new Report(new Log(measured()), RECORDED).text()).isEqualTo("""
                GPU, of tests
                control before net: 100.0 us, 1.000 of the first
                control after net: 110.0 us, 1.100 of the first
                copy within device memory: 1 GB/s, read and written together

                Median microseconds of a run. In device memory from the first layer's operand to logits, but for the two columns after INT8;
                x: how many times as long as INT8. Quantiles are in the log.

                ## net
                | network | batch | INT8 | from bytes | from host | images/s | octet fp32 | x    | torch fp16 | x    |
                |---|---|---|---|---|---|---|---|---|---|
                | net     | 1     | 20.0 | -          | -         | 50,000   | -          | -    | -          | -    |
                | net     | 8     | 40.0 | 45.0       | 90.0      | 200,000  | 100.0      | 2.50 | 60.0       | 1.50 |
                not measured here, recorded on 2026-01-02 on an Other GPU: Peer 1, batch 8: 50.0 us, 1.25 of INT8 here
                launches one by one, floors by 1 GB/s of a copy here, and 2 TOPS (said so)
                batch 8: 2 launches, 13.0 us together, floor 6.0 us, 2.17 times the floor
                """);
    }

    /** In one table, with none of what only networks have. */
    @Test
    void putsConvolutionsBesideTheirPeers() {
        Log convolutions = new Log(List.of(
                new Row.Run("octet int8", "conv a", 32, Row.Start.OPERAND, times(10)),
                new Row.Run("octet int8", "conv b", 32, Row.Start.OPERAND, times(20)),
                new Row.Run("torch tf32", "conv b", 32, Row.Start.OPERAND, times(50))));
        assertThat(new Report(convolutions, RECORDED).text()).endsWith("""

                ## convolutions
                | network | batch | INT8 | from bytes | from host | images/s  | torch tf32 | x    |
                |---|---|---|---|---|---|---|---|
                | conv a  | 32    | 10.0 | -          | -         | 3,200,000 | -          | -    |
                | conv b  | 32    | 20.0 | -          | -         | 1,600,000 | 50.0       | 2.50 |
                """);
    }

    @Test
    void takesTheLastOfWhatWasMeasuredTwice() {
        List<Row> rows = measured();
        rows.add(run("torch fp16", 8, Row.Start.OPERAND, 80));
        assertThat(new Report(new Log(rows), RECORDED).text())
                .contains("| 80.0       | 2.00 |")
                .doesNotContain("60.0");
    }

    /** The launch that loses most first, then all in order. */
    @Test
    void hasAllLaunches() {
        assertThat(new LaunchTables(new Log(measured()), RECORDED).all()).isEqualTo("""
                ## net

                Floors by 1 GB/s of a copy here, and 2 TOPS (said so)

                Farthest above their floors:

                | batch | step | layer | kernel | us    | 10 % | 90 %  | MB   | GMAC  | TOPS | floor us | us / floor |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                | 8     | 2    | b     | b_k    | 10.00 | 5.00 | 20.00 | 0.00 | 0.004 | 0.8  | 4.00     | 2.50       |
                | 8     | 1    | a     | a_k    | 3.00  | 1.50 | 6.00  | 0.00 | 0.001 | 0.7  | 2.00     | 1.50       |

                All:

                | batch | step | layer | kernel | us    | 10 % | 90 %  | MB   | GMAC  | TOPS | floor us | us / floor |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                | 8     | 1    | a     | a_k    | 3.00  | 1.50 | 6.00  | 0.00 | 0.001 | 0.7  | 2.00     | 1.50       |
                | 8     | 2    | b     | b_k    | 10.00 | 5.00 | 20.00 | 0.00 | 0.004 | 0.8  | 4.00     | 2.50       |

                """);
    }

    /** What ended early has tables of what is there. */
    @Test
    void isOfWhatThereIs() {
        assertThat(new Report(new Log(List.of()), RECORDED).text()).contains("Median microseconds");
        assertThat(new LaunchTables(new Log(List.of()), RECORDED).all()).isEmpty();
        Log peers = new Log(List.of(run("torch fp16", 8, Row.Start.OPERAND, 60)));
        assertThat(new Report(peers, RECORDED).text())
                .contains("| 8     | -    | -          | -         | -        | 60.0       | - |");
    }

    @Test
    void refusesFloorsWithoutARate() {
        LaunchTables tables = new LaunchTables(new Log(measured()), new Log(List.of()));
        assertThatThrownBy(tables::all)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no rate of instructions is known for sm_80");
    }

    @Test
    void hasNoRatioOfWhatWasNotMeasured() {
        assertThat(Report.ratio(Optional.of(3.0), Optional.of(2.0))).isEqualTo("1.50");
        assertThat(Report.ratio(Optional.empty(), Optional.of(2.0))).isEqualTo("-");
        assertThat(Report.ratio(Optional.of(3.0), Optional.empty())).isEqualTo("-");
    }

    @Test
    void refusesLinesOfOtherLengths() {
        assertThatThrownBy(() -> new Table(List.of("a", "b")).add(List.of("1")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
