package dev.octet.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Ways of running a classifier side by side: accuracy where classes are known, agreement with FP32, and throughput. */
public final class EvaluationTable {
    private static final int FIVE = 5;
    private static final String ROW = "%-15s %-8s %s%20s %10s%n";

    private final Optional<int[]> labels;
    private final Predictions reference;
    private final boolean five;
    private final List<String> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param labels what the images show, if it is known
     * @param reference predictions in FP32
     * @param five whether it is also told how often the right class is among the best five
     */
    public EvaluationTable(Optional<int[]> labels, Predictions reference, boolean five) {
        this.labels = labels;
        this.reference = reference;
        this.five = five;
    }

    /**
     * Adds a row.
     *
     * @param mode how the network ran
     * @param device on what
     * @param found what it said
     */
    public void add(String mode, String device, Predictions found) {
        String accuracy = labels.map(right ->
                        cell(percent(found.top(right, 1))) + (five ? cell(percent(found.top(right, FIVE))) : ""))
                .orElse("");
        rows.add(row(
                mode,
                device,
                accuracy,
                percent(found.agreement(reference)),
                String.format(Locale.ROOT, "%,.0f", found.imagesPerSecond())));
    }

    /** The table, for people: a line of headings, then the rows in order. */
    public String text() {
        String accuracy = labels.isEmpty() ? "" : cell("top-1") + (five ? cell("top-5") : "");
        return row("mode", "device", accuracy, "agreement with FP32", "images/s") + String.join("", rows);
    }

    private static String cell(String text) {
        return String.format(Locale.ROOT, "%8s ", text);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }
}
