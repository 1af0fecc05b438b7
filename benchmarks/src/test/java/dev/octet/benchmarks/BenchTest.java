package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static List<String> names(List<String> arguments) {
        return Bench.groups(arguments).values().stream()
                .flatMap(List::stream)
                .map(Subject::name)
                .toList();
    }

    @Test
    void measuresNetworksByName() {
        assertThat(names(List.of())).containsExactly("resnet50", "resnet18", "mobilenet_v2", "squeezenet1_1");
        assertThat(names(List.of("squeezenet1_1", "resnet18", "squeezenet1_1")))
                .containsExactly("squeezenet1_1", "resnet18");
    }

    /** The peers' script reads these names. */
    @Test
    void measuresConvolutions() {
        assertThat(names(List.of("convolutions")))
                .containsExactly(
                        "conv 64x56x56 1x1 to 256",
                        "conv 256x56x56 1x1 to 64",
                        "conv 256x56x56 1x1/2 to 128",
                        "conv 128x28x28 3x3 to 128",
                        "conv 1024x14x14 1x1 to 256",
                        "conv 2048x7x7 1x1 to 512",
                        "conv 64x56x56 3x3 to 64");
        assertThat(Bench.groups(List.of("convolutions")).get("convolutions"))
                .allSatisfy(subject -> assertThat(subject.batches()).containsExactly(32, 64, 128));
    }

    @Test
    void saysWhichNamesThereAre() {
        assertThatThrownBy(() -> Bench.groups(List.of("resnet")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nothing is called 'resnet', there are: resnet50, resnet18, mobilenet_v2, squeezenet1_1,"
                        + " convolutions");
    }
}
