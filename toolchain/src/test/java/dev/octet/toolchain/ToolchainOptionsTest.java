package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolchainOptionsTest {
    private static ToolchainOptions of(Map<String, String> settings, Map<String, String> environment) {
        return ToolchainOptions.of(name -> Optional.ofNullable(settings.get(name)), environment);
    }

    @Test
    void hasDefaults() {
        ToolchainOptions options = of(Map.of(), Map.of());

        assertThat(options.nvcc()).isEmpty();
        assertThat(options.searchPath()).isEmpty();
        assertThat(options.cache()).isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "octet"));
        assertThat(options.timeLimit()).isEqualTo(ToolchainOptions.TIME_LIMIT);
    }

    @Test
    void readsSettingsAndEnvironment() {
        String path = String.join(java.io.File.pathSeparator, "one", "", "two");
        ToolchainOptions options = of(
                Map.of("octet.nvcc", "my/nvcc", "octet.cache", "my/cache", "octet.toolTimeout", "7"),
                Map.of("CUDA_HOME", "home", "PATH", path));

        assertThat(options.nvcc()).contains(Path.of("my/nvcc"));
        assertThat(options.cache()).isEqualTo(Path.of("my/cache"));
        assertThat(options.timeLimit()).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.cudaHome()).contains(Path.of("home"));
        assertThat(options.searchPath()).containsExactly(Path.of("one"), Path.of("two"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "ten", "", "9999999"})
    void refusesATimeThatIsNone(String seconds) {
        assertThatThrownBy(() -> of(Map.of("octet.toolTimeout", seconds), Map.of()))
                .hasMessageContaining("OCTET-TOOL-014")
                .hasMessageContaining("\"" + seconds + "\"");
    }

    @Test
    void readsWhetherAllTargetsAreWanted() {
        assertThat(of(Map.of(), Map.of()).allTargets()).isFalse();
        assertThat(of(Map.of("octet.allTargets", "false"), Map.of()).allTargets())
                .isFalse();
        ToolchainOptions options = of(Map.of("octet.allTargets", "true"), Map.of());
        assertThat(options.allTargets()).isTrue();
        assertThat(options.withCubins(Machines.DEFAULT).allTargets()).isTrue();
        assertThatThrownBy(() -> of(Map.of("octet.allTargets", "yes"), Map.of()))
                .hasMessageContaining("octet.allTargets is \"yes\", expected true or false");
    }

    @Test
    void readsMachinesAndNvrtc() {
        ToolchainOptions options = of(Map.of("octet.cubins", "sm_90, sm_80,sm_90", "octet.nvrtc", "my/jar"), Map.of());

        assertThat(options.cubins()).contains(new Machines(List.of(80, 90)));
        assertThat(options.nvrtc()).contains(Path.of("my/jar"));
        assertThat(of(Map.of(), Map.of()).cubins()).isEmpty();
        assertThat(of(Map.of("octet.cubins", "none"), Map.of()).cubins()).contains(new Machines(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "sm_80,", "sm_90a", "sm_8", "none,sm_80", "sm_0", "sm_80;sm_90"})
    void refusesMachinesThatAreNone(String machines) {
        assertThatThrownBy(() -> of(Map.of("octet.cubins", machines), Map.of()))
                .hasMessageContaining("OCTET-TOOL-014")
                .hasMessageContaining("octet.cubins is \"" + machines + "\"");
    }
}
