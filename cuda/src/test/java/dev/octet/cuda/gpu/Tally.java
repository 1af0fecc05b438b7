package dev.octet.cuda.gpu;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what the tests of a process compared with the oracle, for its last lines. */
final class Tally {
    private static final AtomicInteger ROWS = new AtomicInteger();
    private static final AtomicInteger SHAPES = new AtomicInteger();
    private static final AtomicInteger ALL_SHAPES = new AtomicInteger();
    private static final AtomicInteger KERNELS = new AtomicInteger();
    private static final AtomicInteger COMPARISONS = new AtomicInteger();
    private static final AtomicInteger DIFFERENCES = new AtomicInteger();

    private Tally() {}

    /** A row of the catalogue whose examples are about to be compared. */
    static void row() {
        ROWS.incrementAndGet();
    }

    /** A kernel that was launched, as often as its results are compared. */
    static void kernel(int comparisons) {
        KERNELS.incrementAndGet();
        COMPARISONS.addAndGet(comparisons);
    }

    static void difference() {
        DIFFERENCES.incrementAndGet();
    }

    /** Random shapes, of all that the parts have together. */
    static void randomShapes(RandomComparison.Outcome outcome, int all) {
        SHAPES.addAndGet(outcome.cases());
        ALL_SHAPES.addAndGet(all);
        KERNELS.addAndGet(outcome.kernels());
        COMPARISONS.addAndGet(outcome.kernels());
        DIFFERENCES.addAndGet(outcome.differences().size());
    }

    /** What was compared; empty if nothing was. */
    static String text(int rows) {
        return COMPARISONS.get() == 0
                ? ""
                : String.format(
                        "%d of %d rows, %d of %d random shapes, %d kernels, %d comparisons, %d differences",
                        ROWS.get(),
                        rows,
                        SHAPES.get(),
                        ALL_SHAPES.get(),
                        KERNELS.get(),
                        COMPARISONS.get(),
                        DIFFERENCES.get());
    }
}
