package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.testkit.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as users start it: {@code java -jar octet-tools-<version>-cli.jar}. */
class CommandJarIT {
    private static final Path JAR = Path.of(System.getProperty("octet.test.jar"));

    @Test
    void listsItsCommands() {
        JavaProcess.Result result = JavaProcess.runJar(JAR, "--help");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("Usage: octet", "plan", "weights", "calibrate", "evaluate", "diff");
    }

    @Test
    void reportsAFailureInOneLine(@TempDir Path folder) throws Exception {
        Path none = Files.createDirectory(folder.resolve("none"));
        JavaProcess.Result result = JavaProcess.runJar(JAR, "diff", none.toString(), none.toString());
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("[OCTET-BUILD-016").hasLineCount(1);
    }
}
