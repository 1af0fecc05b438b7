package dev.octet.plan.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.graph.SourceLine;
import org.junit.jupiter.api.Test;

class LinesTextTest {
    @Test
    void readsLines() {
        assertThat(LinesText.read("b1.relu com.acme.Blocks$Wide Blocks.java 14\nfc com.acme.Net Net.java 9\n", "lines"))
                .containsEntry("b1.relu", new SourceLine("com.acme.Blocks$Wide", "Blocks.java", 14))
                .containsEntry("fc", new SourceLine("com.acme.Net", "Net.java", 9))
                .hasSize(2);
    }

    @Test
    void refusesWhatIsDamaged() {
        assertThatThrownBy(() -> LinesText.read("fc com.acme.Net Net.java nine\n", "lines"))
                .hasMessageContaining("OCTET-PLAN-001")
                .hasMessageContaining("lines, line 1");
    }
}
