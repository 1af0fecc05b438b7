package dev.octet.examples.fashion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Statistic;
import dev.octet.plan.text.PlanText;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The float program that is shipped calibrates as the CPU does, to the byte, in the simulator. Needs PTX. */
class FashionCalibrationTest {
    private static final ClassLoader LOADER = Fashion.class.getClassLoader();

    private static Plan floats() throws IOException {
        String path = ResourcePaths.floats(Fashion.class.getName());
        try (InputStream in = Objects.requireNonNull(LOADER.getResourceAsStream(path), path)) {
            return PlanText.read(in.readAllBytes(), path);
        }
    }

    private static void requirePtx(Target target) throws IOException {
        for (LaunchProgram program : floats().programs()) {
            for (Statistic statistic : program.statistics()) {
                String path = ResourcePaths.kernel(target, statistic.kernel().hash(), "ptx");
                assumeTrue(
                        program.target() != target || LOADER.getResource(path) != null,
                        () -> "the build made no " + path + ": it needs nvcc, or the profile nvrtc");
            }
        }
    }

    /** A full batch and a smaller one there, other batches here: the tables do not tell. */
    @ParameterizedTest
    @EnumSource
    void everyTableIsTheCpus(Target target) throws IOException {
        requirePtx(target);
        assertThat(Calibrations.on("simulated:" + target.text(), 5, 3)).isEqualTo(Calibrations.on("cpu", 5, 2));
    }
}
