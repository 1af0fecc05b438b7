package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.Cleanup;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.TimedRun;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A quantised network on any device, whose sessions find the ranges of each batch on the host before they run it. Since
 * these come from floats of the contract, every device computes with the same constants and gives the same bits.
 */
final class PerBatchNetwork implements DeviceNetwork {
    private final Plan plan;
    private final Map<String, QuantizedLayer> layers;
    private final DeviceNetwork quantized;
    private final CpuDevice host;
    private final DeviceNetwork floats;

    private PerBatchNetwork(
            Plan plan,
            Map<String, QuantizedLayer> layers,
            DeviceNetwork quantized,
            CpuDevice host,
            DeviceNetwork floats) {
        this.plan = plan;
        this.layers = layers;
        this.quantized = quantized;
        this.host = host;
        this.floats = floats;
    }

    /**
     * The network; closing it closes the quantised one too, which is closed if this fails.
     *
     * @param quantized on the device, with any constants
     * @param device name of the device, for messages
     */
    static DeviceNetwork of(Plan plan, WeightsFile weights, DeviceNetwork quantized, String device) {
        CpuDevice host = new CpuDevice(Runtime.getRuntime().availableProcessors());
        boolean done = false;
        try {
            if (!quantized.hasSessionConstants()) {
                throw new OctetException(RuntimeCode.NO_BATCH_RANGES, device);
            }
            DeviceNetwork floats = BatchRanges.load(host, plan, weights);
            done = true;
            return new PerBatchNetwork(plan, weights.layers(), quantized, host, floats);
        } finally {
            if (!done) {
                Cleanup.run(List.of(host::close, quantized::close));
            }
        }
    }

    @Override
    public DeviceSession newSession(SessionRequest request) {
        BatchRanges ranges = new BatchRanges(plan, floats, request.batch());
        boolean done = false;
        try {
            DeviceSession session =
                    quantized.newSession(new SessionRequest(request.batch(), request.keepValues(), true));
            done = true;
            return new PerBatchSession(ranges, session);
        } finally {
            if (!done) {
                ranges.close();
            }
        }
    }

    @Override
    public long deviceBytes() {
        return quantized.deviceBytes();
    }

    @Override
    public String description() {
        return quantized.description() + "; ranges of each batch by " + floats.description();
    }

    @Override
    public void close() {
        Cleanup.run(List.of(quantized::close, floats::close, host::close));
    }

    /** A session that measures, then runs. */
    private final class PerBatchSession implements DeviceSession {
        private final BatchRanges ranges;
        private final DeviceSession session;

        PerBatchSession(BatchRanges ranges, DeviceSession session) {
            this.ranges = ranges;
            this.session = session;
        }

        @Override
        public void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
            measure(n, inputs);
            session.run(n, inputs, outputs);
        }

        @Override
        public boolean hasClock() {
            return session.hasClock();
        }

        /** Of the quantised network; what the host does before takes no step's time. */
        @Override
        public Optional<TimedRun> runTimed(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
            if (!hasClock()) {
                return Optional.empty();
            }
            measure(n, inputs);
            return session.runTimed(n, inputs, outputs);
        }

        private void measure(int n, List<? extends Buffer> inputs) {
            Map<String, Float> found = ranges.of(n, inputs);
            session.constants(NodeConstants.of(plan, found::get, layers::get).all());
        }

        @Override
        public byte[] value(int value) {
            return session.value(value);
        }

        @Override
        public long deviceBytes() {
            return session.deviceBytes();
        }

        @Override
        public void close() {
            Cleanup.run(List.of(session::close, ranges::close));
        }
    }
}
