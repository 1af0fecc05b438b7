package dev.octet.processor.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES = List.of("b1.conv1.weight", "b1.conv2.weight", "fc.weight", "fc.bias");

    @ParameterizedTest
    @CsvSource({
        "b1.conv1.wieght, b1.conv1.weight",
        "b1_conv2.weight, b1.conv2.weight",
        "fc.weights, fc.weight",
        "b1.conv3.weight, b1.conv1.weight",
        "fc.bia, fc.bias"
    })
    void findsWhatWasMeant(String name, String meant) {
        assertThat(NearestName.of(name, NAMES)).contains(meant);
    }

    @Test
    void findsNothingThatIsFar() {
        assertThat(NearestName.of("classifier.0.gamma", NAMES)).isEmpty();
        assertThat(NearestName.of("x", NAMES)).isEmpty();
        assertThat(NearestName.of("fc.weight", List.of())).isEmpty();
    }
}
