package dev.octet.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ways of running a classifier side by side: top-1 accuracy, agreement with FP32, and throughput. */
public final class EvaluationTable {
    private static final String ROW = "%-15s %-8s %8s %20s %10s%n";

    private final ImageSet labels;
    private final Predictions reference;
    private final List<String> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param labels what the images show
     * @param reference predictions in FP32
     */
    public EvaluationTable(ImageSet labels, Predictions reference) {
        this.labels = labels;
        this.reference = reference;
    }

    /**
     * Adds a row.
     *
     * @param mode how the network ran
     * @param device on what
     * @param found what it said
     */
    public void add(String mode, String device, Predictions found) {
        rows.add(row(
                mode,
                device,
                percent(found.top1(labels)),
                percent(found.agreement(reference)),
                String.format(Locale.ROOT, "%,.0f", found.imagesPerSecond())));
    }

    /** The table, for people: a line of headings, then the rows in order. */
    public String text() {
        return row("mode", "device", "top-1", "agreement with FP32", "images/s") + String.join("", rows);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }
}
