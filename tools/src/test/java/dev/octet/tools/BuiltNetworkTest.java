package dev.octet.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.ResourcePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltNetworkTest {
    @TempDir
    private Path folder;

    @Test
    void findsNetworksByNameAndNothingElse() throws IOException {
        SampleModule module = SampleModule.in(folder);
        addPlan(module.classes(), "com.acme.Before");
        Files.createDirectories(module.classes().resolve("META-INF/octet/kernels/sm_61"));

        assertThat(BuiltNetwork.in(module.classes()))
                .extracting(BuiltNetwork::name)
                .containsExactly("com.acme.Before", SampleModule.NETWORK);
    }

    @Test
    void findsNothingWhereNothingWasCompiled() {
        assertThat(BuiltNetwork.in(folder)).isEmpty();
        assertThatThrownBy(() -> BuiltNetwork.find(folder, "x"))
                .hasMessageContaining("OCTET-BUILD-005")
                .hasMessageContaining("It has: none");
    }

    @Test
    void theOnlyNetworkNeedsNoName() throws IOException {
        SampleModule module = SampleModule.in(folder);
        assertThat(BuiltNetwork.only(module.classes()).name()).isEqualTo(SampleModule.NETWORK);

        addPlan(module.classes(), "com.acme.Another");
        assertThatThrownBy(() -> BuiltNetwork.only(module.classes()))
                .hasMessageContaining("OCTET-BUILD-012")
                .hasMessageContaining("com.acme.Another, com.acme.Sample");
    }

    @Test
    void readsThePlanThatTheProcessorWrote() throws IOException {
        assertThat(SampleModule.in(folder).network().plan().network()).isEqualTo(SampleModule.NETWORK);
    }

    @Test
    void knowsTheModesByName() {
        assertThat(Calibration.rule("naive").name()).isEqualTo("naive");
        assertThat(Calibration.rule("entropy").name()).isEqualTo("entropy");
        assertThatThrownBy(() -> Calibration.rule("kl"))
                .hasMessageContaining("OCTET-BUILD-011")
                .hasMessageContaining("entropy, entropy-tensorrt, entropy-mxnet, mse, naive, percentile-99.99");
    }

    private static void addPlan(Path classes, String name) throws IOException {
        Path plan = classes.resolve(ResourcePaths.plan(name));
        Files.createDirectories(plan.getParent());
        Files.writeString(plan, "a plan");
    }
}
