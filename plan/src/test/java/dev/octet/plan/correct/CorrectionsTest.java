package dev.octet.plan.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrectionsTest {
    private static final String TEXT =
            "octet-corrections 1.0\nnetwork com.acme.Net\ngraph " + "1".repeat(64) + "\nweights "
                    + "2".repeat(64) + "\ntable " + "3".repeat(64)
                    + "\nequalize a.conv 0 3 -20\nequalize fc 1\nbias a.conv -0.25 0 1.5E-8\n";

    @Test
    void readsWhatItWrites() {
        Corrections read = Corrections.read(TEXT.replace("\n", "\r\n"), "file");

        assertThat(read.write()).isEqualTo(TEXT);
        assertThat(read.exponents().get("a.conv")).containsExactly(0, 3, -20);
        assertThat(read.biases().get("a.conv")).containsExactly(-.25f, 0, 1.5e-8f);
    }

    @Test
    void skipsWhatALaterMinorVersionAdds() {
        String later = TEXT.replace("corrections 1.0\n", "corrections 1.9\n?new 7\n# comment\n");
        assertThat(Corrections.read(later, "file").write()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "equalize fc 21\n",
                "equalize fc -21\n",
                "equalize fc\n",
                "equalize fc 1 \n",
                "equalize fc 0.5\n",
                "equalize a.conv 0 3 -20\n",
                "bias fc NaN\n",
                "bias fc 1E39\n",
                "scale fc 1\n",
                "bias fc 1"
            })
    void refusesDamagedLines(String line) {
        String head = TEXT.replace("equalize fc 1\n", "");
        assertThatThrownBy(() -> Corrections.read(head + line, "file"))
                .hasMessageContaining("OCTET-CORRECT-001")
                .hasMessageContaining("line 8");
    }

    @Test
    void identifiesWeightsByTheirFactors() {
        String file = "a".repeat(64);
        SortedMap<String, int[]> some = new TreeMap<>(Map.of("fc", new int[] {1, 2}));
        SortedMap<String, int[]> others = new TreeMap<>(Map.of("fc", new int[] {12}));

        assertThat(Corrections.weightsHash(file, new TreeMap<>())).isEqualTo(file);
        assertThat(Corrections.weightsHash(file, some))
                .hasSize(64)
                .isNotEqualTo(file)
                .isNotEqualTo(Corrections.weightsHash(file, others))
                .isNotEqualTo(Corrections.weightsHash("b".repeat(64), some));
    }

    @Test
    void refusesNonsense() {
        SortedMap<String, float[]> infinite = new TreeMap<>(Map.of("fc", new float[] {Float.POSITIVE_INFINITY}));
        String hash = "a".repeat(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Corrections("n", hash, hash, hash, new TreeMap<>(), infinite));
    }
}
