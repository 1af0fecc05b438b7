package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look for lost accuracy, on a network of one layer. */
class AccuracyCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void showsWhatEachValueLosesAndItsLine() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        Path csv = folder.resolve("layers.csv");
        String text = Command.on(
                        runs.module(),
                        "layers",
                        SampleModule.NETWORK,
                        "--images",
                        runs.images().toString(),
                        "--csv",
                        csv.toString())
                .success();

        assertThat(text).containsPattern("conv\\.relu +Conv2d +int8 +[0-9.]+ +0\\.99[0-9]+ +[0-9.]+ +Sample\\.java:");
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo("value,layer,operator,arithmetic,line,snr_db,cosine,bias_share");
        assertThat(lines.get(1)).startsWith("image.quantized,,Quantize,int8,Sample.java:5,");
        assertThat(lines.get(2)).startsWith("conv.relu,conv,Conv2d,int8,Sample.java:7,");
    }

    @Test
    void aNetworkWithinTheBoundNeedsNoPrecisionFile() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        assertThat(search(runs, "--snr", "10").success()).contains("All layers can be in INT8");
        assertThat(runs.module().sources().resolve(SampleModule.NETWORK + ".precision"))
                .doesNotExist();
    }

    @Test
    void refusesBoundsThatAreNone() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        assertThat(search(runs, "--points", "0.5").failure()).contains("OCTET-BUILD-045", "needs labels");
        assertThat(search(runs, "--points", "-1").failure()).contains("OCTET-BUILD-045");
        assertThat(search(runs, "--snr", "NaN").failure()).contains("OCTET-BUILD-045");
        assertThat(search(runs).exit()).isEqualTo(2);
        assertThat(search(runs, "--points", "1", "--snr", "1").exit()).isEqualTo(2);
    }

    static Command search(SampleRuns runs, String... bound) {
        String[] arguments = new String[4 + bound.length];
        System.arraycopy(
                new String[] {
                    "search", SampleModule.NETWORK, "--images", runs.images().toString()
                },
                0,
                arguments,
                0,
                4);
        System.arraycopy(bound, 0, arguments, 4, bound.length);
        return Command.on(runs.module(), arguments);
    }
}
