package dev.octet.tools.tune;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.StepReplays;

/** A network on a device, whose steps are timed at the largest batch of its plan, on random images. Not thread-safe. */
public final class TimedNetwork implements AutoCloseable {
    /** How often a step follows itself, so that the events do not count. */
    public static final int STEP_TIMES = 20;

    private final int batch;
    private final int steps;
    private final DeviceNetwork network;
    private final DeviceSession session;
    private final StepReplays replays;
    private final TimedBuffers buffers;

    private TimedNetwork(
            Plan plan, DeviceNetwork network, DeviceSession session, StepReplays replays, TimedBuffers buffers) {
        this.batch = plan.maxBatch();
        this.steps = plan.programs().get(0).steps().size();
        this.network = network;
        this.session = session;
        this.replays = replays;
        this.buffers = buffers;
    }

    /**
     * Loads a network and runs it once: how fast a device's clock may be depends on what it computes with, so that its memory must
     * hold what a run leaves there.
     *
     * @param image a network whose plan has one launch program
     * @throws OctetException {@link TuneCode#NO_TIMES} if the device times no kernels, {@link TuneCode#MEMORY} if there is no room for
     *     its inputs and outputs, and those of devices
     */
    public static TimedNetwork open(Device device, NetworkImage image) {
        Plan plan = image.plan();
        TimedBuffers buffers = TimedBuffers.of(plan);
        DeviceNetwork network = device.load(image);
        try {
            DeviceSession session = network.newSession(new SessionRequest(plan.maxBatch(), false));
            StepReplays replays = session.replays()
                    .orElseThrow(() -> new OctetException(
                            TuneCode.NO_TIMES,
                            plan.network(),
                            device.info().name(),
                            device.info().description(),
                            ""));
            TimedNetwork timed = new TimedNetwork(plan, network, session, replays, buffers);
            timed.run();
            return timed;
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    /** Runs the network, from the caller's buffers to the caller's buffers. */
    public void run() {
        session.run(batch, buffers.inputs(), buffers.outputs());
    }

    /** Times of a launch of a step, from 0, which follows itself in a graph. */
    public Times step(int index, Repetition repetition) {
        try (StepReplays.Replay replay = replays.replay(batch, index, index + 1, STEP_TIMES)) {
            return repetition.time(replay::micros).dividedBy(STEP_TIMES);
        }
    }

    /** Times of all steps from one on, counted from 0, one after the other and without copies. */
    public Times from(int first, Repetition repetition) {
        try (StepReplays.Replay replay = replays.replay(batch, first, steps, 1)) {
            return repetition.time(replay::micros);
        }
    }

    @Override
    public void close() {
        try (network) {
            session.close();
        }
    }
}
