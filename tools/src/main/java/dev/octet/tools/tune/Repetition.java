package dev.octet.tools.tune;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * How often something is timed: {@code wanted} times unless that takes longer than {@code mostMicros}, and then at
 * least {@code least} times; warmed up before.
 *
 * @param wanted times, if there is time
 * @param least times, whatever they take
 * @param warmUpMicros how long it runs before
 * @param mostMicros after which it is not repeated
 */
public record Repetition(int wanted, int least, double warmUpMicros, double mostMicros) {
    /** For whole networks and convolutions. */
    public static final Repetition OF_RUNS = new Repetition(100, 50, 50e3, 1e6);
    /** For whole networks on the host's clock: the JVM needs some runs to compile what it does. */
    public static final Repetition OF_HOST_RUNS = new Repetition(200, 50, 300e3, 1e6);

    /** For what says how fast the device is: short, since it is measured often. */
    public static final Repetition OF_CONTROLS = new Repetition(20, 5, 20e3, 100e3);

    /** For the many steps of networks, each several times in a row. */
    public static final Repetition OF_STEPS = new Repetition(10, 5, 500, 50e3);

    /** For schedules of a kernel that are about equally fast, each several times in a row. */
    public static final Repetition OF_FINALISTS = new Repetition(50, 10, 2e3, 100e3);

    /** Timed at once, so that the host is ahead of the device. */
    public static final int BURST = 10;

    /** Of what takes no time that the clock sees, too. */
    private static final int MOST_WARM_UPS = 1000;

    public Repetition {
        if (least < 1 || wanted < least || !(warmUpMicros >= 0) || !(mostMicros >= 0)) {
            throw new IllegalArgumentException(wanted + ", " + least + ", " + warmUpMicros + ", " + mostMicros);
        }
    }

    /**
     * Times something.
     *
     * @param run does it so many times and answers with the microseconds of each
     */
    public Times time(IntFunction<double[]> run) {
        double warm = Arrays.stream(run.apply(1)).sum();
        for (int i = 1; i < MOST_WARM_UPS && warm < warmUpMicros; i++) {
            warm += Arrays.stream(run.apply(1)).sum();
        }
        double[] micros = new double[wanted];
        double total = 0;
        int count = 0;
        while (count < wanted && (count < least || total < mostMicros)) {
            double[] burst = run.apply(Math.min(Math.min(BURST, least), wanted - count));
            System.arraycopy(burst, 0, micros, count, burst.length);
            count += burst.length;
            total += Arrays.stream(burst).sum();
        }
        return Times.of(Arrays.copyOf(micros, count));
    }

    /** Times something on the host's clock. */
    public Times timeOnHost(Runnable run) {
        return time(count -> {
            double[] micros = new double[count];
            for (int i = 0; i < count; i++) {
                long start = System.nanoTime();
                run.run();
                micros[i] = (System.nanoTime() - start) * 1e-3;
            }
            return micros;
        });
    }
}
