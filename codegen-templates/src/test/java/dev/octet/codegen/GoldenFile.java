package dev.octet.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected texts in {@code src/test/resources/golden/<test class>/<file>}. With {@code -Doctet.golden.update=true} they
 * are written instead of compared.
 */
public final class GoldenFile {
    private static final boolean UPDATE = Boolean.getBoolean("octet.golden.update");

    private GoldenFile() {}

    /** Checks that {@code actual} is what the golden file of a test holds. */
    public static void check(Class<?> test, String file, String actual) throws IOException {
        Path golden = Path.of("src", "test", "resources", "golden", test.getSimpleName(), file);
        if (UPDATE) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, actual);
        }
        assertThat(golden)
                .as("golden file; -Doctet.golden.update=true writes it")
                .exists();
        assertThat(actual)
                .as("%s; -Doctet.golden.update=true rewrites it", golden)
                .isEqualTo(Files.readString(golden));
    }
}
