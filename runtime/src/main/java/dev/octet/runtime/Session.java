package dev.octet.runtime;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.Probe;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * A caller's own session: direct buffers per port and the memory of one run. For repeated runs without copies, and for
 * reading values in between. Not counted in a network's {@code maxConcurrency}. Not thread-safe, except that
 * closing the network closes its sessions after the run that is under way.
 */
public final class Session implements AutoCloseable {
    private final NetworkPlan plan;
    private final Probe.DeviceInfo device;
    private final DeviceSession session;
    private final Consumer<Session> onClose;
    private final List<Buffer> inputs;
    private final List<FloatBuffer> outputs;
    private boolean closed;
    private int lastRun;

    Session(
            NetworkPlan plan,
            Probe.DeviceInfo device,
            PortBuffers buffers,
            DeviceSession session,
            Consumer<Session> onClose) {
        this.plan = plan;
        this.device = device;
        this.inputs = buffers.inputs();
        this.outputs = buffers.outputs();
        this.session = session;
        this.onClose = onClose;
    }

    /**
     * The buffer of an image input, position 0: images one after another, rows of pixels, channels last, unsigned bytes.
     * Belongs to the session; its contents stay until overwritten.
     *
     * @throws OctetException {@link RuntimeCode#NO_PORT} or, for an input of floats, {@link RuntimeCode#INPUT_KIND}
     */
    public ByteBuffer input(String name) {
        return (ByteBuffer) buffer(name, ByteBuffer.class);
    }

    /**
     * The buffer of an input of floats, position 0: values one after another, each in (channel, row, column) order.
     * Belongs to the session; its contents stay until overwritten.
     *
     * @throws OctetException {@link RuntimeCode#NO_PORT} or, for an image, {@link RuntimeCode#INPUT_KIND}
     */
    public FloatBuffer floatInput(String name) {
        return (FloatBuffer) buffer(name, FloatBuffer.class);
    }

    private Buffer buffer(String name, Class<? extends Buffer> kind) {
        int index = plan.indexOf(plan.inputs(), "input", name);
        plan.checkKind(plan.inputs().get(index), kind);
        return inputs.get(index).clear();
    }

    /** The buffer of an output, position 0: results one after another, each in logical order. */
    public FloatBuffer output(String name) {
        return outputs.get(plan.indexOf(plan.outputs(), "output", name)).clear();
    }

    /** Runs the first {@code n} images of the input buffers and returns when the output buffers are written. */
    public synchronized void run(int n) {
        checkOpen();
        plan.checkBatch(n);
        inputs.forEach(Buffer::clear);
        outputs.forEach(FloatBuffer::clear);
        lastRun = 0;
        FlightEvent.Running running = FlightEvent.run(plan.network());
        session.run(n, inputs, outputs);
        running.end(device.name(), n);
        lastRun = n;
    }

    /**
     * Measures how long the steps take: runs the first {@code n} images of the input buffers, of which times do not depend,
     * {@code 2 * runs + 2} times. On a GPU times are those between CUDA events around launches, one kernel after the other
     * without a CUDA graph: kernels shorter than a launch of the host's have the launch's time, so that the sum of the steps
     * can be more than a whole run takes. On the CPU they are of all threads together. Afterwards output buffers hold what
     * {@link #run} writes.
     *
     * @param n number of images
     * @param runs number of runs whose median is taken, at least 1
     * @throws OctetException {@link RuntimeCode#NO_CLOCK} on a device whose times mean nothing, such as a simulated one
     */
    public synchronized SessionProfile profile(int n, int runs) {
        checkOpen();
        plan.checkBatch(n);
        if (runs < 1) {
            throw new IllegalArgumentException("the number of runs is positive: " + runs);
        }
        inputs.forEach(Buffer::clear);
        outputs.forEach(FloatBuffer::clear);
        lastRun = 0;
        SessionProfile profile = new Profiler(plan, device, session).profile(n, runs, inputs, outputs);
        lastRun = n;
        return profile;
    }

    /**
     * A copy of a value of the last run; only with {@link Options#keepValues(boolean)}. A GPU refuses values that a kernel of
     * several operators keeps inside, the CPU none.
     *
     * @param name name of a value of the plan's graph
     * @throws OctetException {@link RuntimeCode#NOT_KEPT}, {@link RuntimeCode#NO_VALUE}, or {@link RuntimeCode#NOT_RUN}
     *     before the first run and after one that failed
     */
    public synchronized Value value(String name) {
        checkOpen();
        if (!plan.options().keepValues()) {
            throw new OctetException(RuntimeCode.NOT_KEPT, plan.network());
        }
        Node node = plan.value(name);
        if (lastRun == 0) {
            throw new OctetException(RuntimeCode.NOT_RUN, name, plan.network());
        }
        return Value.of(node, lastRun, session.value(node.id()));
    }

    /** Bytes of device memory that the session holds. */
    public long deviceBytes() {
        return session.deviceBytes();
    }

    private void checkOpen() {
        if (closed) {
            throw new OctetException(RuntimeCode.SESSION_CLOSED, plan.network());
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            session.close();
            onClose.accept(this);
        }
    }
}
