package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileMojoTest {
    @TempDir
    private Path folder;

    private BuiltModule module;

    @BeforeEach
    void build() throws Exception {
        module = BuiltModule.in(folder, false);
        module.calibrate();
    }

    private ProfileMojo goal(String device) throws Exception {
        ProfileMojo goal = new ProfileMojo();
        set(goal, "device", device);
        set(goal, "runs", 3);
        set(goal, "profile", module.target("profile.txt"));
        BuiltModule.set(DeviceMojo.class, goal, "buildFolder", module.target("apart"));
        return goal;
    }

    private static void set(ProfileMojo goal, String name, Object value) throws Exception {
        BuiltModule.set(ProfileMojo.class, goal, name, value);
    }

    @Test
    void measuresOnTheCpuInMaven() throws Exception {
        ProfileMojo goal = goal("cpu");
        File trace = module.target("trace.json");
        set(goal, "trace", trace);
        module.run(goal);
        assertThat(module.target("profile.txt"))
                .content()
                .contains("network com.acme.Sample\ntarget cpu\nbatch 4\n", "# Medians of 3 runs", "\nconv.relu ");
        assertThat(trace).content().contains("\"name\":\"conv.relu\"");
        assertThat(module.log)
                .contains("info -> target/profile.txt", "info -> target/trace.json")
                .anyMatch(line -> line.startsWith("info com.acme.Sample on cpu"));
        assertThat(module.target("apart")).doesNotExist();
    }

    @Test
    void measuresOnTheBestDeviceInAProcessOfItsOwn() throws Exception {
        ProfileMojo goal = goal("best");
        set(goal, "batch", 2);
        module.run(goal);
        assertThat(module.target("apart")).isDirectory();
        assertThat(module.target("profile.txt")).content().contains("\nbatch 2\n", "# Medians of 3 runs");
        assertThat(module.log)
                .contains("info -> target/profile.txt")
                .anyMatch(line -> line.startsWith("info com.acme.Sample on "));
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() throws Exception {
        assertThatThrownBy(() -> module.run(goal("gpu")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("[OCTET-RUN-001]");
    }

    @Test
    void runsAreAtLeastOne() throws Exception {
        ProfileMojo goal = goal("best");
        set(goal, "runs", 0);
        assertThatThrownBy(() -> module.run(goal))
                .isInstanceOf(OctetException.class)
                .hasMessage("[OCTET-BUILD-013] The number of runs is 0; it must be at least 1.");
    }
}
