package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.runtime.device.Cleanup;
import java.util.ArrayList;
import java.util.List;

/**
 * Events between the steps of a run, and the times from one to the next. They are made before the run, so that making them takes
 * no step's time. Used by one thread in one context.
 */
final class StepClock implements AutoCloseable {
    private static final double MICROS = 1e3;

    private final Context.Current current;
    private final Context.Stream stream;
    private final List<Context.Event> events = new ArrayList<>();
    private int marked;

    /** A clock of a stream, for a number of steps. */
    StepClock(Context.Current current, Context.Stream stream, int steps) {
        this.current = current;
        this.stream = stream;
        try {
            while (events.size() <= steps) {
                events.add(current.newEvent());
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Queues an event, before the first step and after each. */
    void mark() {
        current.record(events.get(marked++), stream);
    }

    /** Microseconds from an event to the next, by number from 0; the stream has come to both. */
    double micros(int from) {
        // Events that come out of order by the clock's resolution are none apart.
        return Math.max(0, current.milliseconds(events.get(from), events.get(from + 1)) * MICROS);
    }

    @Override
    public void close() {
        Cleanup.run(events.stream()
                .<Runnable>map(event -> () -> current.destroy(event))
                .toList());
    }
}
