package dev.octet.examples.fashion;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results side by side: one row per way of running the network. */
final class ResultTable {
    private static final String ROW = "%-15s %-8s %8s %20s %10s%n";

    private final List<String> rows = new ArrayList<>();

    /**
     * Adds a row.
     *
     * @param mode how the network ran
     * @param device on what
     * @param top1 share of images classified as labelled, 0 to 1
     * @param agreement share of images classified as in FP32, 0 to 1
     * @param imagesPerSecond throughput
     */
    void add(String mode, String device, double top1, double agreement, double imagesPerSecond) {
        rows.add(row(mode, device, percent(top1), percent(agreement), String.format(Locale.ROOT, "%,.0f", imagesPerSecond)));
    }

    void print(PrintStream out) {
        out.print(row("mode", "device", "top-1", "agreement with FP32", "images/s"));
        rows.forEach(out::print);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells);
    }
}
