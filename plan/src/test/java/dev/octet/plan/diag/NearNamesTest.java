package dev.octet.plan.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {
    private static final List<String> NAMES = List.of("b1.conv1.weight", "b1.conv2.weight", "fc.weight", "fc.bias");

    @ParameterizedTest
    @CsvSource({
        "b1.conv1.wieght, b1.conv1.weight",
        "b1_conv2.weight, b1.conv2.weight",
        "fc.weights, fc.weight",
        "b1.conv3.weight, b1.conv1.weight",
        "fc.bia, fc.bias",
        "conv2.weight, b1.conv2.weight",
        "model.fc.bias, fc.bias"
    })
    void findsWhatWasMeant(String name, String meant) {
        assertThat(NearNames.of(name, NAMES)).first().isEqualTo(meant);
    }

    @Test
    void findsNothingThatIsFar() {
        assertThat(NearNames.of("classifier.0.gamma", NAMES)).isEmpty();
        assertThat(NearNames.of("x", NAMES)).isEmpty();
        assertThat(NearNames.of("fc.weight", List.of())).isEmpty();
    }

    @Test
    void namesSeveralThatAreEquallyNear() {
        assertThat(NearNames.suggestion("b1.conv3.weight", NAMES))
                .isEqualTo(" Did you mean 'b1.conv1.weight' or 'b1.conv2.weight'?");
        assertThat(NearNames.suggestion("classifier.0.gamma", NAMES)).isEmpty();
    }
}
