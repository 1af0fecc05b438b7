package dev.octet.dsl.trace;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Runs definitions and records their operators. Knows nothing of javac: whatever can load a definition can trace it.
 * Everything that is wrong with a definition is a {@link DslException}; exceptions of the definition pass through.
 */
public final class Tracer {
    private final List<PortShape> inputs;
    private final List<PortShape> outputs;
    private final CallSite callSite;

    /**
     * A tracer for definitions with these ports.
     *
     * @param inputs input ports, at least one
     * @param outputs output ports, at least one
     * @param preferred says by binary name which classes a recorded line is best taken from
     */
    public Tracer(List<PortShape> inputs, List<PortShape> outputs, Predicate<String> preferred) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.callSite = new CallSite(preferred);
        requireNames("inputs", this.inputs);
        requireNames("outputs", this.outputs);
    }

    /** Traces a definition whose class has a {@link QuantizedNetwork} annotation. */
    public static TracedNetwork trace(NetworkDefinition definition) {
        QuantizedNetwork annotation = definition.getClass().getAnnotation(QuantizedNetwork.class);
        if (annotation == null) {
            throw new DslException(DslCode.NOT_ANNOTATED, definition.getClass().getName());
        }
        return trace(definition, shapes(annotation.inputs()), shapes(annotation.outputs()));
    }

    /** Traces a definition with the given ports. */
    public static TracedNetwork trace(NetworkDefinition definition, List<PortShape> inputs, List<PortShape> outputs) {
        return new Tracer(inputs, outputs, name -> false).run(definition);
    }

    /** Runs {@code define} once and checks that what it recorded is complete. */
    public TracedNetwork run(NetworkDefinition definition) {
        Recorder recorder = new Recorder(callSite);
        definition.define(new RecordingNet(recorder, inputs, outputs));
        List<TracedNode> nodes = recorder.nodes();
        new Completeness(nodes).check(inputs, outputs);
        return new TracedNetwork(nodes, recorder.fp32());
    }

    private static List<PortShape> shapes(Port[] ports) {
        return Arrays.stream(ports)
                .map(port -> new PortShape(
                        port.name(), Arrays.stream(port.shape()).boxed().toList()))
                .toList();
    }

    private static void requireNames(String which, List<PortShape> ports) {
        if (ports.isEmpty()) {
            throw new DslException(DslCode.PORT, which, "there must be at least one");
        }
        Set<String> names = new HashSet<>();
        for (PortShape port : ports) {
            if (!names.add(port.name())) {
                throw new DslException(DslCode.PORT, port.name(), "two " + which + " have this name");
            }
        }
    }
}
