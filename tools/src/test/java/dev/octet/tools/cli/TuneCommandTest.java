package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command refuses; {@code dev.octet.tools.tune.TuningRunTest} has what it measures. */
class TuneCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theClockOfTheCpuMeansNothing() throws IOException {
        SampleModule module = SampleModule.in(folder);
        assertThat(Command.on(module, "tune", SampleModule.NETWORK, "--device=cpu")
                        .failure())
                .startsWith("[OCTET-TUNE-003] Kernels of com.acme.Sample cannot be timed on device 'cpu'")
                .hasLineCount(1);
        assertThat(module.sources()).isDirectoryNotContaining("glob:**.tuning");
    }

    @Test
    void wrongWordsAreUsage() throws IOException {
        SampleModule module = SampleModule.in(folder);
        for (String word : new String[] {"--batches=1,0", "--limit=0", "--limit=soon", "--runs=3"}) {
            assertThat(Command.on(module, "tune", SampleModule.NETWORK, word).exit())
                    .as(word)
                    .isEqualTo(2);
        }
    }

    @Test
    void anUnknownDeviceIsNamed() throws IOException {
        SampleModule module = SampleModule.in(folder);
        assertThat(Command.on(module, "tune", SampleModule.NETWORK, "--device=gpu")
                        .failure())
                .startsWith("[OCTET-RUN-001]");
    }
}
