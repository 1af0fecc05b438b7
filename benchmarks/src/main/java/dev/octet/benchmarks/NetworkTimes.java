package dev.octet.benchmarks;

import dev.octet.cuda.internal.DeviceReplays;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Times of a network of ours on a device, at the batch that it is compiled for. */
final class NetworkTimes implements AutoCloseable {
    /** How often a step follows itself, so that the events do not count. */
    static final int STEP_TIMES = 20;

    private final String name;
    private final String system;
    private final CompiledNetwork compiled;
    private final int batch;
    private final DeviceNetwork network;
    private final DeviceSession session;
    private final DeviceReplays replays;
    private final List<Buffer> inputs;
    private final List<FloatBuffer> outputs;
    private final Consumer<Row> rows;

    private NetworkTimes(
            String name,
            String system,
            CompiledNetwork compiled,
            DeviceNetwork network,
            DeviceSession session,
            Consumer<Row> rows) {
        this.name = name;
        this.system = system;
        this.compiled = compiled;
        this.batch = compiled.plan().maxBatch();
        this.network = network;
        this.session = session;
        this.replays = (DeviceReplays) session;
        Plan plan = compiled.plan();
        this.inputs = plan.inputs().stream().map(this::images).toList();
        this.outputs = plan.outputs().stream()
                .map(port -> floats(port.shape().elements()))
                .toList();
        this.rows = rows;
    }

    /**
     * Loads a network and runs it once: how fast a device's clock may be depends on what it computes with, so that its memory must
     * hold what a run leaves there.
     *
     * @param rows takes what is measured
     */
    static NetworkTimes open(
            Device device,
            String name,
            Precision precision,
            CompiledNetwork compiled,
            NetworkImage image,
            Consumer<Row> rows) {
        DeviceNetwork network = device.load(image);
        try {
            DeviceSession session =
                    network.newSession(new SessionRequest(compiled.plan().maxBatch(), false));
            NetworkTimes times = new NetworkTimes(name, precision.system(), compiled, network, session, rows);
            times.run();
            return times;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Times whole runs on the host's clock, from the caller's bytes to floats in host memory. */
    void timeRuns() {
        Times times = Repetition.OF_HOST_RUNS.timeOnHost(this::run);
        rows.accept(new Row.Run(system, name, batch, Row.Start.HOST, times));
    }

    private void run() {
        session.run(batch, inputs, outputs);
    }

    private Buffer images(Port port) {
        int elements = Math.toIntExact((long) port.shape().elements() * batch);
        if (port.image().isEmpty()) {
            FloatBuffer floats = floats(port.shape().elements());
            SplittableRandom random = new SplittableRandom(7);
            while (floats.hasRemaining()) {
                floats.put((float) random.nextDouble(-3, 3));
            }
            return floats.rewind();
        }
        byte[] pixels = new byte[elements];
        new SplittableRandom(7).nextBytes(pixels);
        return ByteBuffer.allocateDirect(elements).put(pixels).rewind();
    }

    private FloatBuffer floats(int elements) {
        return ByteBuffer.allocateDirect(elements * batch * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Times all steps in device memory. */
    void timeFromImages() {
        time(Row.Start.IMAGE, 0);
    }

    /** Times all steps in device memory but those that only quantise the input. */
    void timeFromOperands() {
        time(Row.Start.OPERAND, compiled.inputSteps());
    }

    private void time(Row.Start start, int from) {
        int steps = compiled.program().steps().size();
        try (DeviceReplays.Replay replay = replays.replay(batch, from, steps, 1)) {
            rows.accept(new Row.Run(system, name, batch, start, Repetition.OF_RUNS.time(replay::micros)));
        }
    }

    /** Times each step by itself. */
    void timeSteps() {
        List<Step> steps = compiled.program().steps();
        for (int i = 0; i < steps.size(); i++) {
            String layer = StepCost.name(compiled.plan().int8(), steps.get(i));
            rows.accept(timeStep(i, layer, Repetition.OF_STEPS));
        }
    }

    /** Times the kernel of the first layer, as a run too. */
    void timeLayer() {
        int index = compiled.firstLayer();
        Row.Launch launch = timeStep(index, name, Repetition.OF_RUNS);
        rows.accept(new Row.Run(system, name, batch, Row.Start.OPERAND, launch.times()));
        rows.accept(launch);
    }

    private Row.Launch timeStep(int index, String layer, Repetition repetition) {
        Step step = compiled.program().steps().get(index);
        return new Row.Launch(
                name,
                batch,
                index + 1,
                layer,
                step.kernel().name(),
                compiled.program().target().text(),
                StepCost.of(compiled.plan().int8(), step, batch),
                times(index, repetition));
    }

    /** Times of a launch of a step, from 0, which follows itself in a graph. */
    Times times(int index, Repetition repetition) {
        try (DeviceReplays.Replay replay = replays.replay(batch, index, index + 1, STEP_TIMES)) {
            return repetition.time(replay::micros).dividedBy(STEP_TIMES);
        }
    }

    @Override
    public void close() {
        try (network) {
            session.close();
        }
    }
}
