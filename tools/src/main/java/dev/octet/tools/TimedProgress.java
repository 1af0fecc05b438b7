package dev.octet.tools;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** Tells now and then how many images were run: a line each ten seconds, none of what is quick. Not thread-safe. */
public final class TimedProgress implements IntConsumer {
    private static final long PERIOD = 10_000_000_000L;

    private final Consumer<? super String> out;
    private final LongSupplier clock;
    private long told;

    /** Tells it to {@code out}, a line at a time. */
    public TimedProgress(Consumer<? super String> out) {
        this(out, System::nanoTime);
    }

    TimedProgress(Consumer<? super String> out, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
        this.told = clock.getAsLong();
    }

    @Override
    public void accept(int done) {
        tell("", done);
    }

    /** Tells in the same lines of a part of the work, by its name. */
    public IntConsumer part(String name) {
        return done -> tell(name + ": ", done);
    }

    private void tell(String what, int done) {
        long now = clock.getAsLong();
        if (now - told >= PERIOD) {
            told = now;
            out.accept(what + done + (done == 1 ? " image" : " images"));
        }
    }
}
