package dev.octet.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The JDKs of this machine: that of this JVM, and those installed beside it. */
final class Jdks {
    private Jdks() {}

    /** Homes of JDKs from 17 on, one of each feature version; prints the reason if there is only this one. */
    static List<Path> installed() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        Map<String, Path> byVersion = new LinkedHashMap<>();
        byVersion.put(version(own), own);
        List<Path> siblings;
        try (Stream<Path> folders = Files.list(own.getParent())) {
            siblings = folders.sorted().toList();
        }
        for (Path sibling : siblings) {
            if (Files.isExecutable(sibling.resolve("bin/javac"))
                    && version(sibling).compareTo("17") >= 0) {
                byVersion.putIfAbsent(version(sibling), sibling.toRealPath());
            }
        }
        if (byVersion.size() == 1) {
            System.out.println("Only JDK " + byVersion.keySet() + " is tested: no other is in " + own.getParent());
        }
        return new ArrayList<>(byVersion.values());
    }

    /** Feature version of a JDK. */
    static int feature(Path jdk) throws IOException {
        return Integer.parseInt(version(jdk));
    }

    /** Feature version from the {@code release} file, for example {@code 17}; versions before 10 count as 0. */
    private static String version(Path jdk) throws IOException {
        Path release = jdk.resolve("release");
        if (!Files.isRegularFile(release)) {
            return "0";
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("JAVA_VERSION=\""))
                .map(line -> line.substring(line.indexOf('"') + 1).split("[.\"+-]")[0])
                .filter(version -> version.length() == 2)
                .findFirst()
                .orElse("0");
    }
}
