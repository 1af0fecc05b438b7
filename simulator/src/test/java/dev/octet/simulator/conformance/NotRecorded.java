package dev.octet.simulator.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the simulator executes although no recorded program has it: {@code not-recorded.txt} beside the recording. A line
 * names an opcode that no program has, an opcode and a modifier that no program has together, or an instruction of the
 * catalogue's kernels that no program has as it stands. Behind the word {@code program} it names a program that waits for a
 * GPU to record it. Lines that begin with {@code #} explain.
 */
public final class NotRecorded {
    private static final String PROGRAM = "program ";

    private NotRecorded() {}

    /** What no program has. */
    public static SortedSet<String> lines() {
        return all().stream().filter(line -> !line.startsWith(PROGRAM)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of programs that are not recorded yet. */
    static SortedSet<String> programs() {
        return all().stream()
                .filter(line -> line.startsWith(PROGRAM))
                .map(line -> line.substring(PROGRAM.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<String> all() {
        try (InputStream in = NotRecorded.class.getResourceAsStream("not-recorded.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
