package dev.octet.plan.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PrecisionTableTest {
    private static final PrecisionTable TABLE =
            new PrecisionTable("a.Net", Optional.of("5d".repeat(32)), new TreeSet<>(List.of("conv1", "head.relu")));

    @Test
    void survivesItsTextForm() {
        assertThat(PrecisionTable.read(TABLE.write(), "file")).isEqualTo(TABLE);
        assertThat(TABLE.write())
                .startsWith("octet-precision 1.0\nnetwork a.Net\ngraph 5d")
                .endsWith("\nconv1\nhead.relu\n");
    }

    @Test
    void readsWhatPeopleWrite() {
        String text = "# why\r\noctet-precision 1.0\r\nnetwork a.Net\r\n# the head\r\nhead.relu\r\nconv1\r\n";
        PrecisionTable table = PrecisionTable.read(text, "file");
        assertThat(table.graphHash()).isEmpty();
        assertThat(table.fp32()).containsExactly("conv1", "head.relu");
        table.checkGraph("00".repeat(32));
    }

    @Test
    void refusesNamesListedTwice() {
        assertThatThrownBy(() -> PrecisionTable.read(TABLE.write() + "conv1\n", "file"))
                .hasMessageContaining("OCTET-PRECISION-001")
                .hasMessageContaining("line 6: 'conv1' is listed twice");
    }

    @Test
    void knowsItsNetwork() {
        TABLE.check("a.Net", List.of("conv1", "head.relu", "image"));
        assertThatThrownBy(() -> TABLE.check("a.Net", List.of("conv1", "head.relu6")))
                .hasMessageContaining("OCTET-PRECISION-004")
                .hasMessageContaining("Did you mean 'head.relu6'?");
        assertThatThrownBy(() -> TABLE.check("a.Other", List.of())).hasMessageContaining("OCTET-PRECISION-003");
        assertThatThrownBy(() -> TABLE.checkGraph("00".repeat(32))).hasMessageContaining("OCTET-PRECISION-005");
    }
}
