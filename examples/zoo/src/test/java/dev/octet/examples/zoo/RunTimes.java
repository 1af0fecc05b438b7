package dev.octet.examples.zoo;

import java.util.Arrays;

/**
 * Wall-clock times of a run in seconds.
 *
 * @param low 10 % quantile
 * @param median 50 % quantile
 * @param high 90 % quantile
 * @param runs how many were timed
 */
record RunTimes(double low, double median, double high, int runs) {
    private static final int MOST = 1000;
    private static final long BUDGET_NANOS = 3_000_000_000L;

    /** Times up to 1000 runs in 3 seconds, after as many to warm up. */
    static RunTimes of(Runnable run) {
        repeat(run);
        double[] seconds = repeat(run);
        Arrays.sort(seconds);
        int last = seconds.length - 1;
        return new RunTimes(seconds[last / 10], seconds[last / 2], seconds[last - last / 10], seconds.length);
    }

    private static double[] repeat(Runnable run) {
        double[] seconds = new double[MOST];
        long end = System.nanoTime() + BUDGET_NANOS;
        int runs = 0;
        do {
            long start = System.nanoTime();
            run.run();
            seconds[runs++] = (System.nanoTime() - start) * 1e-9;
        } while (runs < MOST && System.nanoTime() < end);
        return Arrays.copyOf(seconds, runs);
    }
}
