package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.HistogramTable;
import dev.octet.plan.table.PrecisionTable;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.tools.PrecisionCheck;
import dev.octet.tools.SampleModule;
import dev.octet.tools.TableBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrateCommandTest {
    @TempDir
    private Path folder;

    private SampleRuns runs;

    @BeforeEach
    void build() throws IOException {
        runs = SampleRuns.in(folder);
    }

    private Command calibrate(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "calibrate", SampleModule.NETWORK, "--images", runs.images().toString()));
        arguments.addAll(List.of(more));
        return Command.on(runs.module(), arguments.toArray(String[]::new));
    }

    private CalibrationTable table() throws IOException {
        return CalibrationTable.read(Files.readString(runs.table()), "table");
    }

    @ParameterizedTest
    @CsvSource({
        "--mode entropy, entropy",
        "--mode entropy-tensorrt, entropy-tensorrt",
        "--mode entropy-mxnet, entropy-mxnet",
        "--mode mse, mse",
        "--mode naive, naive",
        "--mode percentile, percentile-99.99",
        "--mode percentile --percentile 99.90, percentile-99.9",
        "--mode percentile-50, percentile-50",
        "--mode mse --layers conv.*, mse+naive",
    })
    void everyModeMakesATable(String options, String algorithm) throws IOException {
        calibrate(options.split(" ")).success();
        assertThat(table().algorithm()).isEqualTo(algorithm);
        assertThat(table().examples()).isEqualTo(SampleRuns.IMAGES);
        assertThat(runs.evaluate().success()).contains("INT8");
    }

    @Test
    void saysWhenNotAllImagesAreUsed() {
        assertThat(calibrate("--examples", "5").success())
                .contains("5 of 12 images -> ", "octet.examples, or --examples, sets how many");
        assertThat(calibrate("--examples", "12").success())
                .contains("\n12 images -> ")
                .doesNotContain("--examples");
    }

    @Test
    void histogramsStandBesideTheTable() throws IOException {
        assertThat(calibrate("--histograms").success()).contains(SampleModule.NETWORK + ".histograms");
        Path file = TableBuild.histograms(runs.module().sources(), SampleModule.NETWORK);
        HistogramTable histograms = HistogramTable.read(Files.readString(file), "histograms");
        assertThat(histograms.algorithms())
                .containsExactlyElementsOf(
                        RangeRule.all().stream().map(RangeRule::name).toList());
        histograms
                .values()
                .forEach((value, seen) ->
                        assertThat(seen.ranges().get(0)).as(value).isEqualTo(range(value)));
    }

    private float range(String value) {
        try {
            return table().amax(value);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void excludedLayersComeIntoAPrecisionFileOnce() throws IOException {
        Path file = PrecisionCheck.source(runs.module().sources(), SampleModule.NETWORK);
        assertThat(calibrate("--exclude", "conv").success()).contains(file.toString());
        PrecisionTable precision = PrecisionTable.read(Files.readString(file), "precision");
        assertThat(precision.fp32()).containsExactly("conv");
        Files.writeString(file, Files.readString(file) + "# by hand\n");
        assertThat(calibrate("--exclude", "conv").success()).doesNotContain(".precision");
        assertThat(Files.readString(file)).endsWith("# by hand\n");
        assertThat(calibrate("--exclude", "conv,image").failure()).contains("OCTET-BUILD-032", "image");
        assertThat(calibrate("--exclude", "cnov").failure()).contains("OCTET-BUILD-032");
        Files.delete(file);
        assertThat(calibrate("--exclude", "cnov").failure()).contains("OCTET-PRECISION-004", "'cnov'");
        assertThat(file).doesNotExist();
    }

    @Test
    void devicesWithoutFloatsAreNamed() {
        assertThat(calibrate("--device", "gpu").failure()).contains("OCTET-RUN-001", "'gpu'");
    }

    @Test
    void aPercentileIsForItsModeOnly() {
        assertThat(calibrate("--percentile", "99").failure()).contains("OCTET-BUILD-030", "the mode is entropy");
    }
}
