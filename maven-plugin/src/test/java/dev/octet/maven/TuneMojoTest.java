package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the goal hands to the command, and what it refuses; the command's own tests say what it measures. */
class TuneMojoTest {
    @TempDir
    private Path folder;

    private BuiltModule module;

    @BeforeEach
    void build() throws Exception {
        module = BuiltModule.in(folder, false);
        module.calibrate();
    }

    private TuneMojo goal(String device) throws Exception {
        TuneMojo goal = new TuneMojo();
        set(goal, "device", device);
        set(goal, "sources", module.sources().toFile());
        BuiltModule.set(DeviceMojo.class, goal, "buildFolder", module.target("apart"));
        return goal;
    }

    private static void set(TuneMojo goal, String name, Object value) throws Exception {
        BuiltModule.set(TuneMojo.class, goal, name, value);
    }

    @Test
    void theClockOfTheCpuMeansNothing() throws Exception {
        assertThatThrownBy(() -> module.run(goal("cpu")))
                .isInstanceOf(OctetException.class)
                .hasMessageStartingWith("[OCTET-TUNE-003] Kernels of com.acme.Sample cannot be timed on device 'cpu'");
        assertThat(module.target("apart")).doesNotExist();
    }

    /** A device of the project's class path, which Maven's own process has not got, with all that a user can give. */
    @Test
    void runsInAProcessOfItsOwn() throws Exception {
        module.addDevice();
        Path log = folder.resolve("mine.tuning");
        TuneMojo goal = goal("npu");
        set(goal, "batches", List.of(4, 1));
        set(goal, "log", log.toFile());
        set(goal, "limit", 60);
        set(goal, "nvcc", "nvcc");
        set(goal, "nvrtc", "nvrtc.jar");
        set(goal, "toolTimeout", "30");
        assertThatThrownBy(() -> module.run(goal))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("[OCTET-TUNE-003]")
                .hasMessageContaining("'npu:0'")
                .message()
                .hasLineCount(1);
        assertThat(module.target("apart")).isDirectory();
        assertThat(module.log).as("nothing but the error").isEmpty();
        assertThat(Files.exists(log)).isFalse();
    }

    @Test
    void wrongNumbersAreToldBeforeAProcessIsStarted() throws Exception {
        TuneMojo goal = goal("best");
        set(goal, "batches", List.of(1, 0));
        assertThatThrownBy(() -> module.run(goal))
                .hasMessage("[OCTET-BUILD-013] The number of images in a batch is 0; it must be at least 1.");
        set(goal, "batches", null);
        set(goal, "limit", 0);
        assertThatThrownBy(() -> module.run(goal))
                .hasMessage("[OCTET-BUILD-013] The number of seconds is 0; it must be at least 1.");
        assertThat(module.target("apart")).doesNotExist();
    }
}
