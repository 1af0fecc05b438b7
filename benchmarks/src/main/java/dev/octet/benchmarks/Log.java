package dev.octet.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows, one a line of JSON, in the order in which they were measured.
 *
 * @param rows all of them
 */
record Log(List<Row> rows) {
    /** What is known from elsewhere: times of peers on other devices, and rates of instructions. */
    private static final String RECORDED = "recorded.jsonl";

    Log {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException with file and line, if one is no row
     */
    static Log read(Path file) throws IOException {
        return new Log(rows(file.toString(), Files.readAllLines(file)));
    }

    /** Reads what comes with the benchmarks. */
    static Log recorded() throws IOException {
        try (InputStream in = Log.class.getResourceAsStream(RECORDED);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new Log(rows(RECORDED, reader.lines().toList()));
        }
    }

    private static List<Row> rows(String name, List<String> lines) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                rows.add(Row.read(lines.get(i)));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IllegalArgumentException(name + ":" + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return rows;
    }

    /** Adds a row to a file at once, so that what was measured is there whatever comes after it. */
    static void append(Path file, Row row) {
        try {
            Files.writeString(file, row.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a kind. */
    <R extends Row> Stream<R> of(Class<R> kind) {
        return rows.stream().filter(kind::isInstance).map(kind::cast);
    }
}
