package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan with the options under which it was opened: what arguments are checked against.
 *
 * @param plan the plan
 * @param options options
 */
record NetworkPlan(Plan plan, Options options) {
    NetworkPlan {
        for (Port port : plan.inputs()) {
            if (port.image().isEmpty()) {
                throw new OctetException(RuntimeCode.NO_IMAGE, port.name(), plan.network());
            }
        }
        if (options.maxBatch() > plan.maxBatch()) {
            throw new OctetException(RuntimeCode.BATCH, options.maxBatch(), plan.network(), plan.maxBatch());
        }
    }

    String network() {
        return plan.network();
    }

    List<Port> inputs() {
        return plan.inputs();
    }

    List<Port> outputs() {
        return plan.outputs();
    }

    int maxBatch() {
        return options.maxBatch() == 0 ? plan.maxBatch() : options.maxBatch();
    }

    /** The graph that runs. */
    Graph graph() {
        return options.precision() == Precision.FP32 ? plan.fp32() : plan.int8();
    }

    Node value(String name) {
        return graph().nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new OctetException(
                        RuntimeCode.NO_VALUE,
                        network(),
                        name,
                        graph().nodes().stream().map(Node::name).collect(Collectors.joining(", "))));
    }

    int indexOf(List<Port> ports, String kind, String name) {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new OctetException(RuntimeCode.NO_PORT, network(), kind, name, names(ports));
    }

    static String names(List<Port> ports) {
        return ports.stream().map(Port::name).collect(Collectors.joining(", "));
    }

    void checkBatch(int n) {
        if (n < 1 || n > maxBatch()) {
            throw new OctetException(RuntimeCode.BATCH, n, network(), maxBatch());
        }
    }

    void checkSinglePorts() {
        if (inputs().size() != 1 || outputs().size() != 1) {
            throw new OctetException(RuntimeCode.PORTS, network(), names(inputs()), names(outputs()));
        }
    }

    void checkInput(int n, ByteBuffer images) {
        Port port = inputs().get(0);
        long needed = (long) n * port.shape().elements();
        if (images.remaining() < needed) {
            throw inputSize(needed, n, images.remaining());
        }
    }

    OctetException inputSize(long needed, int n, int found) {
        Port port = inputs().get(0);
        return new OctetException(RuntimeCode.INPUT_SIZE, port.name(), needed, n, port.shape(), found);
    }

    void checkOutput(int n, FloatBuffer results) {
        Port port = outputs().get(0);
        long needed = (long) n * port.shape().elements();
        if (results.remaining() < needed || results.isReadOnly()) {
            String kind = results.isReadOnly() ? " and is read-only" : "";
            throw new OctetException(RuntimeCode.OUTPUT_SIZE, port.name(), needed, n, results.remaining(), kind);
        }
    }
}
