package dev.octet.tools.tune;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When measuring is to end; asked between measurements, so that it ends a little later. */
public final class TimeLimit {
    /** Never. */
    public static final TimeLimit NONE = new TimeLimit(0, Long.MAX_VALUE, () -> 0);

    private final long start;
    private final long nanos;
    private final LongSupplier clock;

    private TimeLimit(long start, long nanos, LongSupplier clock) {
        this.start = start;
        this.nanos = nanos;
        this.clock = clock;
    }

    /** So long after now. */
    public static TimeLimit in(Duration time) {
        return in(time, System::nanoTime);
    }

    static TimeLimit in(Duration time, LongSupplier clock) {
        return new TimeLimit(clock.getAsLong(), time.toNanos(), clock);
    }

    /** Whether it is over. */
    public boolean passed() {
        return clock.getAsLong() - start >= nanos;
    }
}
