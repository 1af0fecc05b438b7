package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.Probe;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A compiled network, open on a device. Thread-safe: at most {@link Options#maxConcurrency()} calls run at once, each
 * in a session of its own that is made when first needed; others wait in order of arrival.
 */
public final class Network implements AutoCloseable {
    private final NetworkPlan plan;
    private final Device device;
    private final DeviceNetwork loaded;
    private final SessionPool pool;
    private final Set<Session> sessions = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    Network(NetworkPlan plan, Device device, DeviceNetwork loaded) {
        this.plan = plan;
        this.device = device;
        this.loaded = loaded;
        this.pool = new SessionPool(plan.network(), plan.options().maxConcurrency(), this::newDeviceSession);
    }

    /**
     * Opens a network: reads its resources, computes its constants and loads it on a device.
     *
     * @throws OctetException with a {@link RuntimeCode} if a resource or the device is missing, or the code of the file
     *     that is damaged or does not belong to the network
     */
    public static Network open(NetworkSpec spec, Options options) {
        FlightEvent.Running loading = FlightEvent.load(spec.network());
        Network network = new NetworkLoader(spec, options).open(Devices.probe());
        loading.end(network.device().name(), network.maxBatch());
        return network;
    }

    private DeviceSession newDeviceSession() {
        SessionRequest request =
                new SessionRequest(plan.maxBatch(), plan.options().keepValues());
        return HostSession.of(loaded.newSession(request), plan);
    }

    /**
     * Runs one image through a network with one input, an image, and one output.
     *
     * @param image rows of pixels, channels last, unsigned bytes
     * @return the result in logical order
     */
    public float[] run(byte[] image) {
        plan.checkSinglePorts();
        return run(List.of(ByteBuffer.wrap(image))).get(0);
    }

    /**
     * Runs one image, or whatever the network takes, through a network of any ports. Positions of buffers do not move.
     *
     * @param inputs per input port, in the definition's order, exactly what one image has from the buffer's position to its
     *     limit: a {@link ByteBuffer} for an image, like that of {@link #run(byte[])}, else a {@link FloatBuffer} of
     *     values in (channel, row, column) order
     * @return per output port, in the definition's order, the result in logical order
     * @throws OctetException {@link RuntimeCode#PORT_COUNT}, {@link RuntimeCode#INPUT_KIND} or
     *     {@link RuntimeCode#INPUT_SIZE} if the inputs are not those of the network
     */
    public List<float[]> run(List<? extends Buffer> inputs) {
        plan.checkExample(inputs);
        List<float[]> results = plan.outputs().stream()
                .map(port -> new float[port.shape().elements()])
                .toList();
        runBatch(1, inputs, results.stream().map(FloatBuffer::wrap).toList());
        return results;
    }

    /**
     * Runs {@code n} images through a network with one input, an image, and one output. Buffers may be direct or not; their
     * positions do not move.
     *
     * @param n number of images, at most {@link #maxBatch()}
     * @param images images one after another from the buffer's position, each like that of {@link #run(byte[])}
     * @param results where to write results, one after another from the buffer's position
     */
    public void runBatch(int n, ByteBuffer images, FloatBuffer results) {
        plan.checkSinglePorts();
        runBatch(n, List.of(images), List.of(results));
    }

    /**
     * Runs {@code n} images through a network of any ports. Buffers may be direct or not; their positions do not move.
     *
     * @param n number of images, at most {@link #maxBatch()}
     * @param inputs per input port, in the definition's order, what {@code n} images have, one after another from the
     *     buffer's position, each like that of {@link #run(List)}
     * @param results per output port, in the definition's order, where to write results, one after another from the buffer's
     *     position
     * @throws OctetException {@link RuntimeCode#BATCH}, {@link RuntimeCode#PORT_COUNT}, {@link RuntimeCode#INPUT_KIND},
     *     {@link RuntimeCode#INPUT_SIZE} or {@link RuntimeCode#OUTPUT_SIZE} if the buffers are not those of the network
     */
    public void runBatch(int n, List<? extends Buffer> inputs, List<FloatBuffer> results) {
        plan.checkBatch(n);
        plan.checkInputs(n, inputs);
        plan.checkOutputs(n, results);
        FlightEvent.Running running = FlightEvent.run(plan.network());
        pool.run(session -> session.run(n, inputs, results));
        running.end(device.info().name(), n);
    }

    /** A session of the caller's own, to be closed by the caller or with this network. */
    public Session newSession() {
        synchronized (sessions) {
            if (closed) {
                throw new OctetException(RuntimeCode.CLOSED, plan.network());
            }
            PortBuffers buffers = PortBuffers.of(plan);
            Session session = new Session(plan, device.info(), buffers, newDeviceSession(), this::forget);
            sessions.add(session);
            return session;
        }
    }

    private void forget(Session session) {
        synchronized (sessions) {
            sessions.remove(session);
        }
    }

    /** The compiled plan. */
    public Plan plan() {
        return plan.plan();
    }

    /** The options under which the network was opened. */
    public Options options() {
        return plan.options();
    }

    /** Most images in one run. */
    public int maxBatch() {
        return plan.maxBatch();
    }

    /** The device. */
    public Probe.DeviceInfo device() {
        return device.info();
    }

    /** How the device runs the network, for people. */
    public String description() {
        return loaded.description();
    }

    /** Bytes of device memory that weights, constants and all open sessions hold. */
    public long deviceBytes() {
        long bytes = loaded.deviceBytes() + pool.bytes();
        for (Session session : openSessions()) {
            bytes += session.deviceBytes();
        }
        return bytes;
    }

    /** Sessions that exist: those that calls share, and the callers' own. */
    public int sessionCount() {
        return pool.open() + openSessions().size();
    }

    private List<Session> openSessions() {
        synchronized (sessions) {
            return new ArrayList<>(sessions);
        }
    }

    /**
     * Refuses further calls with {@link RuntimeCode#CLOSED}, waits for those that run, and frees everything, callers'
     * own sessions included. Closing again does nothing.
     */
    @Override
    public void close() {
        synchronized (sessions) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try (device;
                loaded;
                pool) {
            openSessions().forEach(Session::close);
        }
    }
}
