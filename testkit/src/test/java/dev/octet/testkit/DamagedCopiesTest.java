package dev.octet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DamagedCopiesTest {
    private static final byte[] FILE = "first 1\nsecond 22\nthird 333\n".getBytes(StandardCharsets.US_ASCII);

    private static void check(DamagedCopies.Reader reader) throws Exception {
        DamagedCopies.of("TEST", FILE).check(300, 1, reader);
    }

    /** Reads files with as many lines as the good one, and refuses others as asked. */
    private static boolean read(byte[] bytes, String message) {
        if (new String(bytes, StandardCharsets.ISO_8859_1).lines().count() != 3) {
            throw new IllegalStateException(message);
        }
        return true;
    }

    @Test
    void takesDiagnosticsForAnAnswer() {
        assertThatCode(() -> check(bytes -> read(bytes, "[OCTET-TEST-001] No.")))
                .doesNotThrowAnyException();
    }

    @Test
    void reportsOtherExceptionsAndOtherAreas() {
        assertThatThrownBy(() -> check(bytes -> read(bytes, "no")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("case ")
                .hasMessageContaining("-Dtestkit.case=")
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> check(bytes -> read(bytes, "[OCTET-ELSE-001] No.")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(bytes -> Arrays.equals(bytes, FILE) || overflow(0) > 0))
                .isInstanceOf(AssertionError.class)
                .hasRootCauseInstanceOf(StackOverflowError.class);
    }

    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    @Test
    void reportsMemoryBeyondTheFilesSize() {
        assertThatThrownBy(() -> check(bytes -> Arrays.equals(bytes, FILE) || new int[1 << 24].length == bytes.length))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("allocated bytes of case");
    }

    @Test
    void wantsBothOutcomes() {
        assertThatThrownBy(() -> check(bytes -> true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("refused");
        assertThatThrownBy(() -> check(bytes -> bytes[0] == 'x'))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("undamaged");
    }

    @Test
    void mutationsDependOnTheSeedOnlyAndDiffer() {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            byte[] once = new Mutator(seed).mutate(FILE, FILE);
            assertThat(new Mutator(seed).mutate(FILE, FILE)).as("seed %d", seed).isEqualTo(once);
            seen.add(new String(once, StandardCharsets.ISO_8859_1));
        }
        assertThat(seen)
                .hasSizeGreaterThan(150)
                .anyMatch(text -> text.contains("2147483647"))
                .anyMatch(text -> text.startsWith("\u00ef\u00bb\u00bf") || text.startsWith("<"))
                .anyMatch(text -> !text.contains("second"))
                .anyMatch(text -> text.lines().filter("first 1"::equals).count() > 1);
    }
}
