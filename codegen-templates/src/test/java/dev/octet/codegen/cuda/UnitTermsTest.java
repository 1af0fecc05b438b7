package dev.octet.codegen.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTermsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    y = (int)(pixel % 784u / 28u) * 1 - 0; | y = (int)(pixel % 784u / 28u);
                    y = (int)(pixel % 9u) * 1 - 1;         | y = (int)(pixel % 9u) - 1;
                    if (item >= args.batch * 1u) {         | if (item >= args.batch) {
                    p + (long)(item / 1u) * 4 + word;      | p + (long)item * 4 + word;
                    at = (pixel / 9u * 9u + y) * 1;        | at = pixel / 9u * 9u + y;
                    x[i * 1] = a + 0 + b * 1 * c / 1;      | x[i] = a + b * c;
                    const int y = row + 0; // row * 1      | const int y = row; // row * 1
                    """)
    void areLeftOut(String cuda, String plain) {
        assertThat(UnitTerms.leftOut(cuda)).isEqualTo(plain + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a * 10 + 0.5f",
                "a * 1.0f - 0x1",
                "a + 0 * b",
                "1 * a / 12u + 01",
                "// a * 1 + 0",
                "at = (pixel + y);",
                "const int y[1] = {0}; f(1)(x);"
            })
    void othersStay(String cuda) {
        assertThat(UnitTerms.leftOut(cuda)).isEqualTo(cuda + "\n");
    }
}
