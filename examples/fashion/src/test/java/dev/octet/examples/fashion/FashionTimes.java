package dev.octet.examples.fashion;

import dev.octet.runtime.Devices;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints how long a run takes by batch size, from the image in host memory to the logits in host memory. Not a test: its
 * figures go into {@code docs/benchmarks.md}.
 */
final class FashionTimes {
    private static final int[] BATCHES = {1, 8, 37, 128};
    private static final int WARM_UP = 3000;
    private static final int RUNS = 2000;
    /** A device that needs longer than this for the warm-up and the runs does fewer of them. */
    private static final long BUDGET_NANOS = 5_000_000_000L;

    private FashionTimes() {}

    /** Times all devices but the simulated ones, whose times mean nothing. */
    public static void main(String[] arguments) {
        Devices.probe().list().stream()
                .filter(device -> !device.name().startsWith("simulated:"))
                .forEach(device -> {
                    System.out.println(device.name() + ": " + device.description());
                    System.out.println("batch  median us  10 % us  90 % us  us/image  runs");
                    try (FashionNetwork network = FashionNetwork.open(Options.onDevice(device.name()));
                            Session session = network.network().newSession()) {
                        session.input("image")
                                .put(Fixtures.data()
                                        .test()
                                        .slice(0, network.network().maxBatch()));
                        for (int batch : BATCHES) {
                            time(session, batch);
                        }
                    }
                });
    }

    private static void time(Session session, int batch) {
        repeat(session, batch, new long[WARM_UP]);
        long[] nanos = repeat(session, batch, new long[RUNS]);
        Arrays.sort(nanos);
        double median = nanos[nanos.length / 2] / 1e3;
        System.out.printf(
                Locale.ROOT,
                "%5d %10.1f %8.1f %8.1f %9.2f %5d%n",
                batch,
                median,
                nanos[nanos.length / 10] / 1e3,
                nanos[nanos.length * 9 / 10] / 1e3,
                median / batch,
                nanos.length);
    }

    /** Times of the runs that fitted into the budget. */
    private static long[] repeat(Session session, int batch, long[] nanos) {
        long end = System.nanoTime() + BUDGET_NANOS;
        int runs = 0;
        while (runs < nanos.length && System.nanoTime() < end) {
            long start = System.nanoTime();
            session.run(batch);
            nanos[runs++] = System.nanoTime() - start;
        }
        return Arrays.copyOf(nanos, runs);
    }
}
