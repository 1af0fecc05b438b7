package dev.octet.runtime;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.calibrate.RangeCollector;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SortedMap;

/** The ranges of a batch: those of the float graph on these images, as a naive calibration with them would choose. */
final class BatchRanges implements AutoCloseable {
    private final Plan plan;
    private final DeviceSession floats;
    private final List<FloatBuffer> outputs;

    /**
     * Ranges of batches.
     *
     * @param network the float graph on the host, see {@link DequantizedWeights}
     * @param batch most images of a batch
     */
    BatchRanges(Plan plan, DeviceNetwork network, int batch) {
        this.plan = plan;
        this.outputs = plan.outputs().stream().map(port -> room(port, batch)).toList();
        this.floats = network.newSession(new DeviceNetwork.SessionRequest(batch, true));
    }

    private static FloatBuffer room(Port port, int batch) {
        return FloatBuffer.allocate(Math.multiplyExact(port.shape().elements(), batch));
    }

    /**
     * The range of every value that a table would have.
     *
     * @throws OctetException {@link RuntimeCode#BATCH_NOT_FINITE} if a value overflows
     */
    SortedMap<String, Float> of(int n, List<? extends Buffer> inputs) {
        floats.run(n, inputs, outputs);
        RangeCollector collector = new RangeCollector(plan);
        collector.addAll(floats::value).ifPresent(value -> {
            throw new OctetException(RuntimeCode.BATCH_NOT_FINITE, value, plan.network(), n);
        });
        return collector.ranges(RangeRule.naive());
    }

    @Override
    public void close() {
        floats.close();
    }

    /** Loads the float graph that ranges are taken from. */
    static DeviceNetwork load(CpuDevice host, Plan plan, WeightsFile weights) {
        return host.loadFloats(plan, DequantizedWeights.of(weights));
    }
}
