package dev.octet.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table of Markdown, with columns of equal width so that it can be read as text too. */
final class Table {
    private final List<List<String>> lines = new ArrayList<>();

    /** A table with these heads. */
    Table(List<String> heads) {
        lines.add(List.copyOf(heads));
    }

    /** Adds a line. Throws {@link IllegalArgumentException} if it has not as many cells as there are heads. */
    void add(List<String> cells) {
        if (cells.size() != lines.get(0).size()) {
            throw new IllegalArgumentException(cells + " has not the cells of " + lines.get(0));
        }
        lines.add(List.copyOf(cells));
    }

    /** The table, each line with its end. */
    String text() {
        int[] widths = IntStream.range(0, lines.get(0).size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            for (int column = 0; column < widths.length; column++) {
                String cell = lines.get(i).get(column);
                text.append("| ").append(cell).append(" ".repeat(widths[column] - cell.length() + 1));
            }
            text.append("|\n");
            if (i == 0) {
                text.append("|---".repeat(widths.length)).append("|\n");
            }
        }
        return text.toString();
    }
}
