package dev.octet.plan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"net.safetensors", "v2/net.safetensors", "a b/Größe.safetensors", "..net", "a..b/c"})
    void isBelowItsFolder(String text) {
        Path folder = Path.of("src", "main", "octet");
        assertThat(new WeightsName(text).below(folder)).isEqualTo(folder.resolve(Path.of(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "../net",
                "a/../../net",
                "a/../b",
                "./net",
                "a//b",
                "a/",
                "/etc/net",
                "//host/share/net",
                "C:/net",
                "c:net",
                "C:\\net",
                "..\\net",
                "a\\b",
                "\\\\host\\share",
                "net:1",
                "n?t",
                "a\0b",
                "a\nb"
            })
    void isRefusedWhereItLeavesItOnAnySystem(String text) {
        assertThatThrownBy(() -> new WeightsName(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("\"")
                .doesNotContain("\0", "\n");
    }
}
