package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateMojoTest {
    @TempDir
    private Path folder;

    private CalibrateMojo goal(BuiltModule module, String device, Path apart) throws Exception {
        CalibrateMojo goal = new CalibrateMojo();
        set(goal, "sources", module.sources().toFile());
        set(goal, "images", module.images().toFile());
        set(goal, "examples", 4);
        set(goal, "mode", "percentile");
        set(goal, "percentile", "99.5");
        set(goal, "exclude", List.of("conv"));
        set(goal, "histograms", true);
        set(goal, "device", device);
        BuiltModule.set(DeviceMojo.class, goal, "buildFolder", apart.toFile());
        return goal;
    }

    private static void set(CalibrateMojo goal, String name, Object value) throws Exception {
        BuiltModule.set(CalibrateMojo.class, goal, name, value);
    }

    private static List<String> files(BuiltModule module) throws Exception {
        return List.of(
                Files.readString(module.table()),
                Files.readString(module.sources().resolve(BuiltModule.NETWORK + ".histograms")),
                Files.readString(module.sources().resolve(BuiltModule.NETWORK + ".precision")));
    }

    /** A process works in the build folder, which it makes. */
    @Test
    void aNetworkWithAFloatProgramIsCalibratedInAProcessOfItsOwn() throws Exception {
        BuiltModule here = BuiltModule.in(folder.resolve("here"), false);
        Path unused = folder.resolve("unused");
        here.run(goal(here, "best", unused));
        assertThat(unused).doesNotExist();

        BuiltModule there = BuiltModule.in(folder.resolve("there"), true);
        Path apart = folder.resolve("apart");
        there.run(goal(there, "best", apart));
        assertThat(apart).isDirectory();
        assertThat(files(there)).isEqualTo(files(here));
        assertThat(there.log).containsAll(here.log).anyMatch(line -> line.matches("info FP32 ran on .+"));
        assertThat(here.log)
                .containsExactly(
                        "info FP32 ran on cpu",
                        "info Not all images were used: octet.examples, or --examples, sets how many",
                        "info 4 of 5 images -> octet/com.acme.Sample.calibration",
                        "info 4 of 5 images -> octet/com.acme.Sample.histograms",
                        "info 4 of 5 images -> octet/com.acme.Sample.precision");
    }

    @Test
    void theProcessFailsAsTheGoalDoes() throws Exception {
        BuiltModule module = BuiltModule.in(folder, false);
        assertThatThrownBy(() -> module.run(goal(module, "gpu", folder.resolve("apart"))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("[OCTET-RUN-001]");
        assertThat(module.table()).doesNotExist();
    }

    /** Maven's own process has not got that class path. */
    @Test
    void devicesAreThoseOfTheProjectsRuntimeClassPath() throws Exception {
        BuiltModule module = BuiltModule.in(folder, false);
        module.addDevice();
        assertThatThrownBy(() -> module.run(goal(module, "npu", folder.resolve("apart"))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("[OCTET-RUN-035] com.acme.Sample has no float program")
                .hasMessageContaining("'npu:0'");
    }

    @Test
    void wrongWordsAreToldBeforeAProcessIsStarted() throws Exception {
        BuiltModule module = BuiltModule.in(folder, true);
        CalibrateMojo goal = goal(module, "best", folder.resolve("apart"));
        set(goal, "mode", "best");
        assertThatThrownBy(() -> module.run(goal))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("[OCTET-BUILD-030]");
        assertThat(folder.resolve("apart")).doesNotExist();
    }
}
