package dev.octet.cuda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where there are no dependent launches, a warning says once why. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class DependentLaunchesTest {
    private static final String MISSING = "libcuda-that-nobody-loaded.so.1";

    @TempDir
    Path cache;

    private final Logger logger = Logger.getLogger(DependentLaunches.class.getName());
    private final List<String> warnings = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord message) {
            assertThat(message.getLevel()).isEqualTo(Level.WARNING);
            warnings.add(message.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @ParameterizedTest
    @CsvSource({"12020, 12.2", "11080, 11.8"})
    void anOlderDriverHasNone(int version, String text) {
        DependentLaunches launches = new DependentLaunches(version, cache, MISSING);
        assertThat(warnings).as("before anybody asks").isEmpty();
        assertThat(launches.function()).isEmpty();
        assertThat(launches.function()).isEmpty();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        "wait for its end, which takes longer",
                        "the NVIDIA driver for CUDA " + text + " ",
                        "CUDA 12.3");
    }

    @Test
    void aDriverThatCannotBeCalledHasNone() {
        DependentLaunches launches = new DependentLaunches(DependentLaunches.OLDEST_DRIVER, cache, MISSING);
        assertThat(launches.function()).isEmpty();
        assertThat(launches.function()).isEmpty();
        assertThat(warnings).singleElement().asString().contains("does not find cuLaunchKernelEx in " + MISSING);
    }
}
