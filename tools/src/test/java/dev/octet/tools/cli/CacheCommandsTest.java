package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.TensorRtCache;
import dev.octet.tools.CorrectionsInput;
import dev.octet.tools.SampleModule;
import dev.octet.tools.TensorRtExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code import-cache} and {@code export-cache}. */
class CacheCommandsTest {
    /** As TensorRT would write it for the sample, whose values are image, conv, conv.relu and their mean. */
    static final String CACHE = """
            TRT-100100-EntropyCalibration2
            input:0: 3f810204
            (Unnamed Layer* 1) [Activation]_output: 3c010a0b
            folded: 3d00ff01
            pool: 3b81a2c3
            """;

    static final String NAMES = """
            # names
            image input:0
            conv.relu (Unnamed Layer* 1) [Activation]_output
            - folded
            conv.relu.globalAvgPool pool
            """;

    @TempDir
    private Path folder;

    private SampleRuns runs;
    private Path cache;
    private Path names;

    @BeforeEach
    void build() throws IOException {
        runs = SampleRuns.in(folder);
        cache = Files.writeString(folder.resolve("calibrator.cache"), CACHE);
        names = Files.writeString(folder.resolve("names"), NAMES);
    }

    private Command command(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(name, SampleModule.NETWORK));
        arguments.addAll(List.of(more));
        return Command.on(runs.module(), arguments.toArray(String[]::new));
    }

    private Command importCache() {
        return command("import-cache", "--tensorrt", cache.toString(), "--names", names.toString());
    }

    private String exported(String... more) throws IOException {
        Path file = folder.resolve("exported.cache");
        List<String> arguments = new ArrayList<>(List.of("--tensorrt", file.toString()));
        arguments.addAll(List.of(more));
        command("export-cache", arguments.toArray(String[]::new)).success();
        return Files.readString(file);
    }

    private CalibrationTable table() throws IOException {
        return CalibrationTable.read(Files.readString(runs.table()), "table");
    }

    /** What the message says to do instead works. */
    @Test
    void theTableOfEqualisedWeightsIsNoCache() throws IOException {
        EqualizedRuns equalized = EqualizedRuns.in(folder);
        Path file = folder.resolve("equalized.cache");
        Path corrections = CorrectionsInput.source(equalized.module().sources(), SampleModule.NETWORK);
        assertThat(equalized.exportCache(file).failure())
                .contains("[OCTET-BUILD-034]", "octet:export -Doctet.flavour=tensorrt", "delete " + corrections);
        assertThat(file).doesNotExist();

        Path model = folder.resolve("equalized.onnx");
        Command.on(
                        equalized.module(),
                        "export",
                        SampleModule.NETWORK,
                        "--model",
                        model.toString(),
                        "--flavour",
                        "tensorrt")
                .success();
        assertThat(model).exists();

        Files.delete(corrections);
        assertThat(equalized.exportCache(file).failure()).contains("[OCTET-TABLE-");
        equalized.withImages("calibrate").success();
        equalized.exportCache(file).success();
        assertThat(file).content().startsWith(TensorRtExchange.USUAL_HEADER);
    }

    @Test
    void aCacheBecomesATableThatRunsAndIsWrittenBackAsTheSameText() throws IOException {
        assertThat(importCache().success()).contains(runs.table().toString());
        assertThat(table().algorithm()).isEqualTo("TRT-100100-EntropyCalibration2");
        assertThat(table().examples()).isZero();
        assertThat(table().amax("image")).isEqualTo(128);
        assertThat(runs.evaluate().success()).contains("INT8");
        assertThat(exported("--names", names.toString())).isEqualTo(CACHE);
        assertThat(exported("--names", names.toString(), "--header", "TRT-9000-MinMax"))
                .isEqualTo(CACHE.replace("TRT-100100-EntropyCalibration2", "TRT-9000-MinMax"));
    }

    @Test
    void namesAreFoundBesideTheTable() throws IOException {
        Files.move(names, TensorRtExchange.names(runs.module().sources(), SampleModule.NETWORK));
        command("import-cache", "--tensorrt", cache.toString()).success();
        assertThat(exported()).isEqualTo(CACHE);
        // Another calibration changes the scales, not the tensors and their order.
        runs.calibrate().success();
        TensorRtCache again = TensorRtCache.read(exported(), "exported");
        assertThat(again.scales().keySet())
                .containsExactlyElementsOf(
                        TensorRtCache.read(CACHE, "cache").scales().keySet());
        assertThat(again.scales().get("input:0")).isEqualTo(TensorRtCache.scale(table().amax("image")));
    }

    @Test
    void aTableWithoutAnImportIsExportedByItsOwnNames() throws IOException {
        TensorRtCache exported = TensorRtCache.read(exported(), "exported");
        assertThat(exported.header()).isEqualTo(TensorRtExchange.USUAL_HEADER);
        assertThat(exported.scales().keySet())
                .containsExactlyElementsOf(table().amax().keySet());
        table().amax()
                .forEach((value, amax) ->
                        assertThat(exported.scales().get(value)).isEqualTo((float) (amax / 127.0)));
    }

    @Test
    void missingAndExtraTensorsAreNamed() throws IOException {
        SampleRuns.edit(names, "(?m)^image .*\n", "");
        assertThat(importCache().failure()).contains("OCTET-TENSORRT-003", "calibrator.cache", "'input:0'");
        SampleRuns.edit(cache, "(?m)^input.*\n", "");
        assertThat(importCache().failure()).contains("OCTET-TENSORRT-002", "'image'");
        Files.writeString(names, NAMES + "conv fold\n");
        Files.writeString(cache, CACHE + "conv: 3f800000\n");
        assertThat(importCache().failure()).contains("OCTET-TENSORRT-003", "tensors 'conv'");
        assertThat(TensorRtExchange.cache(runs.module().sources(), SampleModule.NETWORK))
                .doesNotExist();
        assertThat(table().algorithm()).isEqualTo("entropy");
    }

    @Test
    void anExportNeedsATable() throws IOException {
        Files.delete(runs.table());
        assertThat(command("export-cache", "--tensorrt", folder.resolve("x").toString())
                        .failure())
                .contains("OCTET-BUILD-010");
        runs.calibrate().success();
        runs.module().writeWeights(7);
        assertThat(command("export-cache", "--tensorrt", folder.resolve("x").toString())
                        .failure())
                .contains("OCTET-TABLE-005");
    }
}
