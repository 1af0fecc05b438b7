package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.ResourcePaths;
import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OctetCommandTest {
    private static final int IMAGES = 12;
    private static final int IMAGE_BYTES = 6 * 7;

    @TempDir
    private Path folder;

    private SampleModule module;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void compile() throws IOException {
        module = SampleModule.in(folder);
    }

    @Test
    void printsAPlan() throws IOException {
        assertThat(run("plan", SampleModule.NETWORK)).isZero();

        Path plan = module.classes().resolve(ResourcePaths.plan(SampleModule.NETWORK));
        assertThat(out.toString()).isEqualTo(Files.readString(plan));
    }

    @Test
    void namesTheNetworksThatThereAre() {
        assertThat(run("plan", "com.acme.Other")).isEqualTo(1);

        assertThat(err.toString())
                .contains("[OCTET-BUILD-005]", SampleModule.NETWORK)
                .doesNotContain("\tat ");
    }

    @Test
    void writesAReport() throws IOException {
        Path file = folder.resolve("reports/sample.html");
        String[] arguments = {
            "report",
            SampleModule.NETWORK,
            "--target",
            "SM_61",
            "--batch",
            "2",
            "--gpu",
            "t4",
            "--out",
            file.toString(),
            "--weights",
            module.weights().toString()
        };
        assertThat(run(arguments)).isZero();

        assertThat(out.toString().strip()).isEqualTo(file.toString());
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").contains("Tesla T4", "Floor, batch 2");
        assertThat(run("report", SampleModule.NETWORK, "--gpu", "T5", "--out", file.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("[OCTET-REPORT-002]", "T4").doesNotContain("\tat ");
    }

    @Test
    void refusesWrongUsage() {
        assertThat(run("calibrate", SampleModule.NETWORK)).isEqualTo(2);
        assertThat(err.toString()).contains("--images");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e3", "99999999999"})
    void refusesNumbersOfNothing(String number) {
        assertThat(run("calibrate", SampleModule.NETWORK, "--images", "x", "--examples", number))
                .isEqualTo(2);
        assertThat(run("evaluate", SampleModule.NETWORK, "--images", "x", "--labels", "y", "--batch", number))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--examples", "--batch", number).doesNotContain("\tat ");
    }

    @Test
    void goesFromWeightsToAnEvaluation() throws IOException {
        Path images = Files.write(folder.resolve("images.u8"), noise(IMAGES * IMAGE_BYTES));
        Path labels = Files.write(folder.resolve("labels.u8"), new byte[IMAGES]);

        assertThat(run("weights", "--dir", sources())).isZero();
        assertThat(run("calibrate", SampleModule.NETWORK, "--dir", sources(), "--images", images.toString()))
                .as(err.toString())
                .isZero();
        String table =
                module.sources().resolve(SampleModule.NETWORK + ".calibration").toString();
        assertThat(out.toString()).contains("weights.bin: written", "12 images", table);

        int code = run(
                "evaluate",
                SampleModule.NETWORK,
                "--dir",
                sources(),
                "--images",
                images.toString(),
                "--labels",
                labels.toString(),
                "--device",
                "cpu",
                "--calibration",
                table);
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("FP32 +cpu +[0-9.]+ % +100.00 %")
                .containsPattern("INT8 +cpu ");
    }

    @Test
    void comparesBuilds() throws IOException {
        String classes = module.classes().toString();
        CommandLine line = OctetCommand.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        assertThat(line.execute("diff", "--exit-code", classes, classes)).isZero();
        assertThat(out.toString()).contains("0 of 1 networks");
        SampleModule other = SampleModule.in(folder.resolve("other"));
        Path plan = other.classes().resolve(ResourcePaths.plan(SampleModule.NETWORK));
        Files.writeString(
                plan,
                Files.readString(plan).replace("max-batch 4", "max-batch 5").replace("batch 1..4", "batch 1..5"));
        assertThat(line.execute("diff", "--exit-code", classes, other.classes().toString()))
                .isEqualTo(3);
        assertThat(out.toString())
                .contains("network " + SampleModule.NETWORK, "~ max-batch: 4 -> 5", "1 of 1 networks");
        assertThat(line.execute("diff", classes, other.classes().toString())).isZero();
        assertThat(line.execute("diff", classes, folder.resolve("absent").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("[OCTET-BUILD-016]").doesNotContain("\tat ");
    }

    private String sources() {
        return module.sources().toString();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--classes");
        all.add(module.classes().toString());
        CommandLine line = OctetCommand.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(all.toArray(String[]::new));
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(5).nextBytes(noise);
        return noise;
    }
}
