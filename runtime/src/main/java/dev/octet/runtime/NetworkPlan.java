package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
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

    /** Checks that there is one input, an image, and one output. */
    void checkSinglePorts() {
        checkSingleImage();
        if (outputs().size() != 1) {
            throw otherPorts();
        }
    }

    /** Checks that there is one input, an image. */
    void checkSingleImage() {
        if (inputs().size() != 1 || inputs().get(0).image().isEmpty()) {
            throw otherPorts();
        }
    }

    private OctetException otherPorts() {
        return new OctetException(RuntimeCode.PORTS, network(), names(inputs()), names(outputs()));
    }

    /** Checks buffers of exactly one image. */
    void checkExample(List<? extends Buffer> buffers) {
        checkInputs(1, buffers);
        for (int i = 0; i < buffers.size(); i++) {
            Port port = inputs().get(i);
            if (buffers.get(i).remaining() != port.shape().elements()) {
                throw inputSize(port, 1, buffers.get(i));
            }
        }
    }

    /** Checks buffers of at least n images. */
    void checkInputs(int n, List<? extends Buffer> buffers) {
        checkCount("input", inputs(), buffers);
        for (int i = 0; i < buffers.size(); i++) {
            Port port = inputs().get(i);
            checkKind(port, buffers.get(i).getClass());
            if (buffers.get(i).remaining() < (long) n * port.shape().elements()) {
                throw inputSize(port, n, buffers.get(i));
            }
        }
    }

    private OctetException inputSize(Port port, int n, Buffer found) {
        long needed = (long) n * port.shape().elements();
        String unit = port.image().isPresent() ? "bytes" : "floats";
        String order = port.image().isPresent() ? "rows of pixels, channels last" : "channels, rows, columns";
        return new OctetException(
                RuntimeCode.INPUT_SIZE, port.name(), needed, unit, n, port.shape(), order, found.remaining());
    }

    /** Checks that an input is passed as images or as floats, whichever it is. */
    void checkKind(Port input, Class<? extends Buffer> kind) {
        boolean image = input.image().isPresent();
        Class<? extends Buffer> needed = image ? ByteBuffer.class : FloatBuffer.class;
        if (!needed.isAssignableFrom(kind)) {
            throw new OctetException(
                    RuntimeCode.INPUT_KIND,
                    input.name(),
                    network(),
                    image ? "an image" : "floats",
                    needed.getSimpleName(),
                    ByteBuffer.class.isAssignableFrom(kind) ? "bytes" : "no bytes");
        }
    }

    private void checkCount(String kind, List<Port> ports, List<?> buffers) {
        if (ports.size() != buffers.size()) {
            throw new OctetException(
                    RuntimeCode.PORT_COUNT, network(), ports.size(), kind, names(ports), buffers.size());
        }
    }

    void checkOutputs(int n, List<FloatBuffer> results) {
        checkCount("output", outputs(), results);
        for (int i = 0; i < results.size(); i++) {
            checkOutput(outputs().get(i), n, results.get(i));
        }
    }

    private static void checkOutput(Port port, int n, FloatBuffer results) {
        long needed = (long) n * port.shape().elements();
        if (results.remaining() < needed || results.isReadOnly()) {
            String kind = results.isReadOnly() ? " and is read-only" : "";
            throw new OctetException(RuntimeCode.OUTPUT_SIZE, port.name(), needed, n, results.remaining(), kind);
        }
    }
}
