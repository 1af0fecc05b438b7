package dev.octet.plan.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "0.1, 0.1",
        "1e-5, 0.00001",
        "1e-7, 1E-7",
        "0.003921569, 0.003921569",
        "1000, 1000",
        "16777216, 16777216",
        "1.4e-45, 1E-45",
        "2e-44, 2E-44",
        "3.4028235e38, 3.4028235E+38",
        "-2.5, -2.5",
        "1e20, 1E+20"
    })
    void writesTheShortestText(float value, String text) {
        assertThat(Decimals.text(value)).isEqualTo(text);
    }

    @Test
    void readsBackEveryFloat() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                String text = Decimals.text(value);
                assertThat(Float.floatToRawIntBits(Decimals.parseFloat(text)))
                        .as("%s of seed 5", text)
                        .isEqualTo(Float.floatToRawIntBits(value));
            }
        }
    }

    @Test
    void readsBackEveryDouble() {
        Random random = new Random(6);
        for (int i = 0; i < 5_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(Decimals.text(value)))
                        .as("seed 6")
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void aDoubleIsNotCutToAFloat() {
        assertThat(Decimals.text(1 / 3.0)).isEqualTo("0.3333333333333333");
        assertThat(Decimals.text(1 / 3f)).isEqualTo("0.33333334");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "0x1p3", "1f", "1e5", " 1", "1.", ".5", "1E+39", "1E9999", "--1"})
    void refusesOtherTexts(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Decimals.parseFloat(text));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesToWriteWhatIsNotFinite(float value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Decimals.text(value));
    }
}
