package dev.octet.runtime;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.Softmax;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.TimedRun;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A device's session with what the host does itself: softmax, on the copy of its operand that the device hands out as
 * output. No device knows it; its bits are those of {@link Softmax}, whatever made the operand.
 */
final class HostSession implements DeviceSession {
    private final DeviceSession session;
    private final NetworkPlan plan;
    private final List<Node> makers;

    private HostSession(DeviceSession session, NetworkPlan plan) {
        this.session = session;
        this.plan = plan;
        this.makers = plan.outputs().stream()
                .map(port -> plan.value(port.name()))
                .map(output -> plan.graph().node(output.input()))
                .toList();
    }

    /** The session that callers run: the device's own, if it does all there is to do. */
    static DeviceSession of(DeviceSession session, NetworkPlan plan) {
        return plan.graph().nodes(Op.Softmax.class).isEmpty() ? session : new HostSession(session, plan);
    }

    @Override
    public void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> results) {
        session.run(n, inputs, results);
        applySoftmax(n, results);
    }

    @Override
    public boolean hasClock() {
        return session.hasClock();
    }

    /** The host's own work takes no step's time. */
    @Override
    public Optional<TimedRun> runTimed(int n, List<? extends Buffer> inputs, List<FloatBuffer> results) {
        Optional<TimedRun> times = session.runTimed(n, inputs, results);
        times.ifPresent(run -> applySoftmax(n, results));
        return times;
    }

    private void applySoftmax(int n, List<FloatBuffer> results) {
        for (int i = 0; i < makers.size(); i++) {
            Node maker = makers.get(i);
            if (maker.op() instanceof Op.Softmax) {
                apply(maker.type().shape(), n, results.get(i));
            }
        }
    }

    private static void apply(Shape shape, int n, FloatBuffer results) {
        float[] result = new float[shape.elements()];
        for (int image = 0; image < n; image++) {
            int at = results.position() + image * result.length;
            results.get(at, result);
            Softmax.apply(result, shape.channels(), shape.pixels());
            results.put(at, result);
        }
    }

    /** A softmax is floats in logical order, like its operand. */
    @Override
    public byte[] value(int value) {
        Graph graph = plan.graph();
        Node node = graph.node(value);
        Node maker = node.op() instanceof Op.Output ? graph.node(node.input()) : node;
        if (!(maker.op() instanceof Op.Softmax)) {
            return session.value(value);
        }
        ByteBuffer bytes = ByteBuffer.wrap(session.value(maker.input())).order(ByteOrder.LITTLE_ENDIAN);
        Shape shape = maker.type().shape();
        apply(shape, bytes.asFloatBuffer().remaining() / shape.elements(), bytes.asFloatBuffer());
        return bytes.array();
    }

    @Override
    public long deviceBytes() {
        return session.deviceBytes();
    }

    @Override
    public void close() {
        session.close();
    }
}
