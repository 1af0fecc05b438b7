package dev.octet.cuda.gpu;

import dev.octet.cuda.driver.Context;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A GPU's context for measurements by events. Launches are queued behind a long fill of memory, so that the host is done
 * with them before the first begins: what lies between the two events is the device's own time. Clocks are as the
 * driver sets them.
 */
final class Bench implements AutoCloseable {
    private static final long SCRATCH_BYTES = 1L << 30;
    private static final int SAMPLES = 15;
    private static final int WARM_UPS = 3;
    private static final int MOST_LAUNCHES = 40;
    /** Long enough for the clocks of the events, short enough for hundreds of measurements. */
    private static final double SAMPLE_SECONDS = 2e-3;

    private final Context context;
    private final Context.Stream stream;
    private final Context.Event before;
    private final Context.Event start;
    private final Context.Event end;
    private final long scratch;

    private Bench(Context context) {
        this.context = context;
        try (Context.Current current = context.enter()) {
            stream = current.newStream();
            before = current.newEvent();
            start = current.newEvent();
            end = current.newEvent();
            scratch = current.allocate(SCRATCH_BYTES);
        }
    }

    static Bench open() {
        return new Bench(Gpu.driver().retain(0));
    }

    /**
     * Seconds of a launch.
     *
     * @param low 10 % quantile
     * @param median 50 % quantile
     * @param high 90 % quantile
     */
    record Times(double low, double median, double high) {
        static Times of(double[] seconds) {
            double[] sorted = seconds.clone();
            Arrays.sort(sorted);
            int last = sorted.length - 1;
            return new Times(sorted[last / 10], sorted[last / 2], sorted[last - last / 10]);
        }
    }

    Context context() {
        return context;
    }

    Context.Stream stream() {
        return stream;
    }

    /** Times launches; each is told its number, so that it can take other memory than the one before. */
    Times time(Context.Current current, IntConsumer launch) {
        int launches = launches(current, launch);
        double[] samples = new double[SAMPLES];
        int next = 0;
        for (int i = -WARM_UPS; i < SAMPLES; i++) {
            double seconds = sample(current, launch, next, launches);
            next += launches;
            if (i >= 0) {
                samples[i] = seconds;
            }
        }
        return Times.of(samples);
    }

    /** How many launches make a sample. */
    private int launches(Context.Current current, IntConsumer launch) {
        double once = sample(current, launch, 0, 5);
        return (int) Math.max(5, Math.min(MOST_LAUNCHES, SAMPLE_SECONDS / once));
    }

    /** Seconds of a launch in a row of them. */
    private double sample(Context.Current current, IntConsumer launch, int first, int launches) {
        for (int fills = 1; fills <= 64; fills *= 2) {
            current.synchronize(stream);
            current.record(before, stream);
            for (int i = 0; i < fills; i++) {
                current.fill(scratch, (byte) i, SCRATCH_BYTES, stream);
            }
            current.record(start, stream);
            long queued = System.nanoTime();
            for (int i = 0; i < launches; i++) {
                launch.accept(first + i);
            }
            current.record(end, stream);
            double hostMillis = (System.nanoTime() - queued) * 1e-6;
            current.synchronize(stream);
            if (hostMillis < 0.9 * current.milliseconds(before, start)) {
                return current.milliseconds(start, end) * 1e-3 / launches;
            }
        }
        throw new AssertionError("the host needs longer for " + launches + " launches than the device for its memory");
    }

    @Override
    public void close() {
        try (Context.Current current = context.enter()) {
            current.free(scratch);
            current.destroy(before);
            current.destroy(start);
            current.destroy(end);
            current.destroy(stream);
        }
        context.close();
    }
}
