package dev.octet.processor;

import dev.octet.dsl.trace.PortShape;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.weights.WeightsName;
import java.util.List;

/**
 * What an annotation says.
 *
 * @param weights name of the weights file
 * @param targets GPU families, at least one, without duplicates
 * @param maxBatch largest batch
 * @param inputs input ports
 * @param outputs output ports
 */
record Contract(WeightsName weights, List<Target> targets, int maxBatch, List<Port> inputs, List<Port> outputs) {
    Contract {
        targets = List.copyOf(targets);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Ports as the tracer wants them. */
    static List<PortShape> shapes(List<Port> ports) {
        return ports.stream()
                .map(port -> new PortShape(port.name(), port.shape().dims()))
                .toList();
    }
}
