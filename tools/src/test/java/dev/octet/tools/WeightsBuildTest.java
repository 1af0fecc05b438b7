package dev.octet.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.weights.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsBuildTest {
    @TempDir
    private Path folder;

    private SampleModule module;
    private BuiltNetwork network;

    @BeforeEach
    void compile() throws IOException {
        module = SampleModule.in(folder);
        network = module.network();
    }

    @Test
    void quantisesTheLayersOfThePlan() throws IOException {
        assertThat(build()).isEqualTo(Outcome.WRITTEN);

        byte[] bytes = Files.readAllBytes(network.weightsFile());
        WeightsFile file = WeightsFile.read(bytes, "weights.bin");
        assertThat(file.layers()).containsOnlyKeys("conv");
        assertThat(file.layers().get("conv").weights()).hasSize(SampleModule.CHANNELS * 9);
        assertThat(bytes).isEqualTo(WeightsBuild.quantise(network.plan(), module.weights()));
    }

    @Test
    void leavesWhatIsRightUntouched() throws IOException {
        build();
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(network.weightsFile(), old);

        assertThat(build()).isEqualTo(Outcome.UNCHANGED);
        assertThat(Files.getLastModifiedTime(network.weightsFile())).isEqualTo(old);
    }

    @Test
    void followsTheWeights() throws IOException {
        build();
        byte[] before = Files.readAllBytes(network.weightsFile());
        module.writeWeights(2);

        assertThat(build()).isEqualTo(Outcome.WRITTEN);
        assertThat(Files.readAllBytes(network.weightsFile())).isNotEqualTo(before);
    }

    /** Same graph, same weights, but other bytes: what a version of Octet that quantised otherwise has left. */
    @Test
    void replacesWhatAnotherVersionMade() throws IOException {
        build();
        byte[] right = Files.readAllBytes(network.weightsFile());
        WeightsFile file = WeightsFile.read(right, "weights.bin");
        byte[] empty = new WeightsFile(file.graphHash(), file.weightsHash(), new TreeMap<>()).write();
        Files.write(network.weightsFile(), empty);

        assertThat(build()).isEqualTo(Outcome.WRITTEN);
        assertThat(Files.readAllBytes(network.weightsFile())).isEqualTo(right);
    }

    @Test
    void replacesADamagedFile() throws IOException {
        build();
        byte[] right = Files.readAllBytes(network.weightsFile());
        byte[] damaged = right.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(network.weightsFile(), damaged);

        assertThat(build()).isEqualTo(Outcome.WRITTEN);
        assertThat(Files.readAllBytes(network.weightsFile())).isEqualTo(right);
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        Files.delete(module.weights());

        assertThatThrownBy(this::build)
                .isInstanceOf(OctetException.class)
                .hasMessageContaining("OCTET-BUILD-002")
                .hasMessageContaining(module.weights().toString());
    }

    @Test
    void saysWhenNothingNamesTheWeights() throws IOException {
        Files.delete(network.weightsSourceFile());

        assertThatThrownBy(this::build).hasMessageContaining("OCTET-BUILD-001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../octet-of-others.safetensors", "a/../../b", "", ".", "a\0b"})
    void staysBelowTheSources(String name) throws IOException {
        Files.writeString(network.weightsSourceFile(), name);

        assertThatThrownBy(this::build).hasMessageContaining("OCTET-BUILD-003");
    }

    @Test
    void findsWeightsInSubfolders() throws IOException {
        Path sub = Files.createDirectories(module.sources().resolve("v2"));
        Files.move(module.weights(), sub.resolve("w.safetensors"));
        Files.writeString(network.weightsSourceFile(), "v2/w.safetensors\n");

        assertThat(build()).isEqualTo(Outcome.WRITTEN);
    }

    private Outcome build() {
        return WeightsBuild.build(network, module.sources());
    }
}
