package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorOptionsTest {
    @Test
    void haveDefaultsAndIgnoreOtherProcessors() {
        ProcessorOptions options = ProcessorOptions.parse(Map.of("mapstruct.verbose", "true", "octetology", "x"));
        assertThat(options.dir()).isEmpty();
        assertThat(options.dump()).isEmpty();
        assertThat(options.floats()).isFalse();
        assertThat(options.tuning()).isEmpty();
        assertThat(options.ptx()).isEmpty();
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void readEveryOption() {
        ProcessorOptions options = ProcessorOptions.parse(Map.of(
                "octet.dir",
                "weights",
                "octet.dump",
                "all",
                "octet.timeout",
                "90",
                "octet.floats",
                "true",
                "octet.tuning",
                "h200.tuning",
                "octet.ptx",
                "true",
                "octet.cache",
                "c",
                "octet.toolTimeout",
                "7"));
        assertThat(options.dir()).contains(Path.of("weights"));
        assertThat(options.dump()).contains("all");
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(options.floats()).isTrue();
        assertThat(options.tuning()).contains(Path.of("h200.tuning"));
        assertThat(options.ptx()).get().satisfies(tools -> {
            assertThat(tools.cache()).isEqualTo(Path.of("c"));
            assertThat(tools.timeLimit()).isEqualTo(Duration.ofSeconds(7));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "octet.timeout, 0",
        "octet.timeout, -1",
        "octet.timeout, 1.5",
        "octet.timeout, 100000",
        "octet.floats, 1",
        "octet.ptx, yes",
        "octet.dir, ''",
        "octet.tuning, ''",
        "octet.dump, ' '"
    })
    void refuseValues(String name, String value) {
        assertThatThrownBy(() -> ProcessorOptions.parse(Map.of(name, value)))
                .isInstanceOf(OctetException.class)
                .hasMessageContaining(HostCode.OPTION_VALUE.id())
                .hasMessageContaining("-A" + name);
    }

    /** javac passes {@code -Aname} as a name without value. */
    @Test
    void refuseAMissingValue() {
        Map<String, String> options = new HashMap<>();
        options.put("octet.dir", null);
        assertThatThrownBy(() -> ProcessorOptions.parse(options)).hasMessageContaining(HostCode.OPTION_VALUE.id());
    }

    @Test
    void refuseUnknownNames() {
        assertThatThrownBy(() -> ProcessorOptions.parse(Map.of("octet.time", "1")))
                .hasMessageContaining(HostCode.UNKNOWN_OPTION.id())
                .hasMessageContaining("octet.timeout");
    }
}
