package dev.octet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All files that something writes, as expected in a folder beside those of {@link GoldenFile}, and no other ones. */
public final class GoldenFolder {
    private GoldenFolder() {}

    /**
     * Checks that the folder {@code <test class>/<folder>} holds {@code actual} and nothing else. An update removes files
     * that are no longer written.
     *
     * @param actual texts by path in the folder, with {@code /} between its parts
     */
    public static void check(Class<?> test, String folder, Map<String, String> actual) throws IOException {
        check(GoldenFile.ROOT.resolve(test.getSimpleName()).resolve(folder), actual);
    }

    static void check(Path folder, Map<String, String> actual) throws IOException {
        Set<String> unexpected = new TreeSet<>(files(folder));
        unexpected.removeAll(actual.keySet());
        if (GoldenFile.update()) {
            for (String file : unexpected) {
                Files.delete(folder.resolve(file));
            }
            unexpected.clear();
        }
        for (Map.Entry<String, String> file : actual.entrySet()) {
            GoldenFile.check(folder.resolve(file.getKey()), file.getValue());
        }
        assertThat(unexpected)
                .as("files of %s that are no longer written; -D%s=true removes them", folder, GoldenFile.UPDATE)
                .isEmpty();
    }

    private static Set<String> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        }
    }
}
