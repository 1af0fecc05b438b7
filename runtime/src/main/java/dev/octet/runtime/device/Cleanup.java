package dev.octet.cuda;

import java.util.List;

/** Does all of several steps, whatever fails. */
final class Cleanup {
    private Cleanup() {}

    /** Runs the steps in order, then throws what the first failing one threw, with later failures added to it. */
    static void run(List<Runnable> steps) {
        RuntimeException first = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
