package dev.octet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected texts in {@code src/test/resources/golden} of the module whose tests run. With
 * {@code -Doctet.golden.update=true} they are written instead of compared.
 */
public final class GoldenFile {
    static final String UPDATE = "octet.golden.update";
    static final Path ROOT = Path.of("src", "test", "resources", "golden");

    private GoldenFile() {}

    /** Whether expected texts are to be written. */
    static boolean update() {
        return Boolean.getBoolean(UPDATE);
    }

    /** Checks that {@code actual} is what the file {@code <test class>/<file>} holds. */
    public static void check(Class<?> test, String file, String actual) throws IOException {
        check(ROOT.resolve(test.getSimpleName()).resolve(file), actual);
    }

    static void check(Path golden, String actual) throws IOException {
        if (update()) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, actual);
        }
        assertThat(golden).as("golden file; -D%s=true writes it", UPDATE).exists();
        assertThat(actual).as("%s; -D%s=true rewrites it", golden, UPDATE).isEqualTo(Files.readString(golden));
    }
}
