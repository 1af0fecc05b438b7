package dev.octet.runtime.device;

import java.util.List;

/** Does all of several steps, whatever fails. */
public final class Cleanup {
    private Cleanup() {}

    /** Runs the steps in order, then throws what the first failing one threw, with later failures added to it. */
    public static void run(List<Runnable> steps) {
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
