package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.compiler.schedule.KernelTime;
import dev.octet.plan.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningFileTest {
    private static final KernelTime TIME = new KernelTime(Target.SM_80, "conv2d_a", 8, "t64", 1.25, 90, "NVIDIA H200");

    @TempDir
    Path folder;

    @Test
    void addsToWhatIsThere() throws IOException {
        Path file = folder.resolve("h200.tuning");
        TuningFile.open(file).append(TIME);
        TuningFile again = TuningFile.open(file);
        again.append(TIME);
        assertThat(Files.readString(file)).isEqualTo((TIME.text() + "\n").repeat(2));
        assertThat(again.before().device(Target.SM_80)).contains("NVIDIA H200");
    }

    @Test
    void refusesTheLogOfAnotherDevice() throws IOException {
        Path file = folder.resolve("h200.tuning");
        TuningFile.open(file).append(TIME);
        TuningFile again = TuningFile.open(file);
        assertThatThrownBy(() -> again.requireDevice(Target.SM_80, "NVIDIA H100"))
                .hasMessageContaining("has times for sm_80 from NVIDIA H200, but this device is NVIDIA H100");
        assertThatCode(() -> again.requireDevice(Target.SM_80, "NVIDIA H200")).doesNotThrowAnyException();
        assertThatCode(() -> again.requireDevice(Target.SM_90A, "NVIDIA H100")).doesNotThrowAnyException();
    }

    /** Nothing is measured that no build could read then. */
    @Test
    void refusesADamagedLog() throws IOException {
        Path file = Files.writeString(folder.resolve("h200.tuning"), TIME.text());
        assertThatThrownBy(() -> TuningFile.open(file)).hasMessageContaining("[OCTET-TUNE-001]");
    }
}
