package dev.octet.simulator.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Mutants that nobody can find or that are not found, and why: those of one version of the compiler, for others write other
 * PTX.
 */
final class KnownSurvivors {
    private static final String COMPILER = "compiler: ";
    private static final String EXPLANATION = "    ";

    private final String compiler;
    private final Map<String, String> explanations = new LinkedHashMap<>();

    private KnownSurvivors(List<String> lines) {
        compiler = lines.get(0).substring(COMPILER.length());
        String mutant = "";
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(EXPLANATION)) {
                explanations.merge(mutant, line.trim(), (before, more) -> before + " " + more);
            } else if (!line.isBlank()) {
                mutant = line;
            }
        }
    }

    /** Reads {@code survivors.txt}: the compiler, then mutants with their explanations indented. */
    static KnownSurvivors read() {
        try (InputStream in = KnownSurvivors.class.getResourceAsStream("survivors.txt")) {
            return new KnownSurvivors(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether PTX says that it is of the compiler whose survivors are known. */
    boolean areOf(List<String> ptx) {
        return ptx.stream().anyMatch(line -> line.contains(compiler));
    }

    /** The mutants, each with an explanation. */
    Set<String> mutants() {
        return explanations.keySet();
    }
}
