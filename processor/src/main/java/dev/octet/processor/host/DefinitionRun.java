package dev.octet.processor.host;

import dev.octet.dsl.DslException;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.Tracer;
import dev.octet.processor.HostCode;
import dev.octet.processor.host.TimedRun.TimeLimitException;
import dev.octet.processor.report.Failure;
import dev.octet.processor.report.Place;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Runs one definition, twice, and turns whatever it does wrong into a {@link Failure} on its line. */
public final class DefinitionRun {
    private final NestedClasses classes;
    private final Duration limit;

    /**
     * A run of definitions among {@code classes}.
     *
     * @param limit time for loading and both runs
     */
    public DefinitionRun(NestedClasses classes, Duration limit) {
        this.classes = classes;
        this.limit = limit;
    }

    /**
     * Traces a definition.
     *
     * @param binaryName name of its class
     * @param inputs its input ports
     * @param outputs its output ports
     * @throws Failure if it is wrong, does not end, or does not do the same twice
     */
    public TracedNetwork trace(String binaryName, List<PortShape> inputs, List<PortShape> outputs) {
        DefinitionLoader loader = new DefinitionLoader(classes);
        Tracer tracer = new Tracer(inputs, outputs, classes::hasSource);
        try {
            return TimedRun.call(() -> traceOrFail(loader, binaryName, tracer), limit, loader);
        } catch (TimeLimitException e) {
            throw new Failure(classes.place(e.stack()), HostCode.TIMEOUT.message(limit.toSeconds()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure failure
                    ? failure
                    : new IllegalStateException("tracing " + binaryName + " failed", e.getCause());
        } finally {
            loader.close();
        }
    }

    /** Foreign code may throw anything, and the messages of its exceptions are foreign code too: all within the limit. */
    private TracedNetwork traceOrFail(ClassLoader loader, String binaryName, Tracer tracer) {
        try {
            return traceTwice(loader, binaryName, tracer);
        } catch (Throwable thrown) {
            throw failure(thrown);
        }
    }

    /** Two objects of one class: static state that changes from run to run shows. */
    private TracedNetwork traceTwice(ClassLoader loader, String binaryName, Tracer tracer)
            throws ReflectiveOperationException {
        Constructor<? extends NetworkDefinition> constructor = Class.forName(binaryName, true, loader)
                .asSubclass(NetworkDefinition.class)
                .getDeclaredConstructor();
        constructor.setAccessible(true);
        TracedNetwork first = tracer.run(constructor.newInstance());
        TracedNetwork second;
        try {
            second = tracer.run(constructor.newInstance());
        } catch (DslException e) {
            throw different(classes.place(List.of(e.getStackTrace())), "no error", e.getMessage());
        }
        compare(first.nodes(), second.nodes());
        return first;
    }

    private void compare(List<TracedNode> first, List<TracedNode> second) {
        int common = Math.min(first.size(), second.size());
        for (int i = 0; i < common; i++) {
            if (!first.get(i).equals(second.get(i))) {
                throw different(place(second.get(i)), text(first.get(i)), text(second.get(i)));
            }
        }
        if (first.size() > common) {
            throw different(place(first.get(common)), text(first.get(common)), "no such call");
        } else if (second.size() > common) {
            throw different(place(second.get(common)), "no such call", text(second.get(common)));
        }
    }

    private static Failure different(Optional<Place> place, String first, String second) {
        return new Failure(place, HostCode.NOT_DETERMINISTIC.message(first, second));
    }

    private static String text(TracedNode node) {
        return node.name() + " = " + node.op() + " " + node.shape();
    }

    private Optional<Place> place(TracedNode node) {
        return classes.place(List.of(node.line()));
    }

    private Failure failure(Throwable thrown) {
        ThrownByDefinition cause = ThrownByDefinition.of(thrown);
        if (cause.throwable() instanceof Failure failure) {
            return failure;
        } else if (cause.throwable() instanceof DslException e) {
            List<StackTraceElement> stack = e.line().map(List::of).orElseGet(() -> List.of(e.getStackTrace()));
            return new Failure(classes.place(stack), e.getMessage() + classes.callers(stack));
        }
        List<StackTraceElement> stack = List.of(cause.throwable().getStackTrace());
        return new Failure(
                classes.place(stack),
                HostCode.EXCEPTION.message(cause.className(), cause.text()) + classes.callers(stack));
    }
}
