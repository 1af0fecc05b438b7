package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import java.util.ArrayList;
import java.util.List;

/** Events between the steps of a run, and the times from one to the next. Used by one thread in one context. */
final class StepClock implements AutoCloseable {
    private static final double MICROS = 1e3;

    private final Context.Current current;
    private final Context.Stream stream;
    private final List<Context.Event> events = new ArrayList<>();

    StepClock(Context.Current current, Context.Stream stream) {
        this.current = current;
        this.stream = stream;
    }

    /** Queues an event. */
    void mark() {
        Context.Event event = current.newEvent();
        events.add(event);
        current.record(event, stream);
    }

    /** Microseconds from an event to the next, by number from 0; the stream has come to both. */
    double micros(int from) {
        // Events that come out of order by the clock's resolution are none apart.
        return Math.max(0, current.milliseconds(events.get(from), events.get(from + 1)) * MICROS);
    }

    @Override
    public void close() {
        events.forEach(current::destroy);
        events.clear();
    }
}
