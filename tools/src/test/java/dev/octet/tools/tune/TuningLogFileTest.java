package dev.octet.tools.tune;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TuningLogFileTest {
    private static final KernelTime TIME = new KernelTime(Target.SM_80, "conv2d_a", 8, "t64", 1.25, 90, "NVIDIA H200");

    @TempDir
    Path folder;

    @Test
    void addsToWhatIsThere() throws IOException {
        Path file = folder.resolve("src/main/octet/h200.tuning");
        TuningLogFile.open(file).append(TIME);
        TuningLogFile again = TuningLogFile.open(file);
        again.append(TIME);
        assertThat(Files.readString(file)).isEqualTo((TIME.text() + "\n").repeat(2));
        assertThat(again.before().device(Target.SM_80)).contains("NVIDIA H200");
    }

    /** The line is the one that would be added. */
    @Test
    void refusesTheLogOfAnotherDevice() throws IOException {
        Path file = Files.writeString(folder.resolve("h200.tuning"), "# by hand\n");
        TuningLogFile.open(file).append(TIME);
        TuningLogFile again = TuningLogFile.open(file);
        assertThatThrownBy(() -> again.requireDevice(Target.SM_80, "NVIDIA H100"))
                .hasMessageContaining("[OCTET-TUNE-002]")
                .hasMessageContaining(
                        "h200.tuning, line 3: kernels for sm_80 were timed on NVIDIA H200 before, here on NVIDIA H100");
        assertThatCode(() -> again.requireDevice(Target.SM_80, "NVIDIA H200")).doesNotThrowAnyException();
        assertThatCode(() -> again.requireDevice(Target.SM_90A, "NVIDIA H100")).doesNotThrowAnyException();
    }

    /** Nothing is measured that no build could read then. */
    @Test
    void refusesADamagedLog() throws IOException {
        Path file = Files.writeString(folder.resolve("h200.tuning"), TIME.text());
        assertThatThrownBy(() -> TuningLogFile.open(file)).hasMessageContaining("[OCTET-TUNE-001]");
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> TuningLogFile.open(folder)).hasMessageContaining("[OCTET-BUILD-004] Cannot read");
        assertThatThrownBy(() -> new TuningLogFile(
                                folder,
                                TuningLogFile.open(folder.resolve("none")).before(),
                                0)
                        .append(TIME))
                .hasMessageContaining("[OCTET-BUILD-004] Cannot write");
    }

    @ParameterizedTest
    @CsvSource({"NVIDIA H200, nvidia-h200", "NVIDIA A100-SXM4-40GB, nvidia-a100-sxm4-40gb", "../\u00e9vil (TM), vil-tm"
    })
    void isNamedAfterTheDevice(String device, String name) {
        assertThat(TuningLogFile.of(folder, device)).isEqualTo(folder.resolve(name + ".tuning"));
    }
}
