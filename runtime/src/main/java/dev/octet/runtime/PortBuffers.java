package dev.octet.runtime;

import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Direct buffers for a batch on every port.
 *
 * @param inputs per input port bytes of images, or floats
 * @param outputs floats per output port
 */
record PortBuffers(List<Buffer> inputs, List<FloatBuffer> outputs) {
    /** New buffers; Java says by an {@link OutOfMemoryError}, and harmlessly, that there is no room outside its heap. */
    static PortBuffers of(NetworkPlan plan) {
        try {
            return new PortBuffers(
                    plan.inputs().stream().map(port -> input(plan, port)).toList(),
                    plan.outputs().stream()
                            .map(port -> direct(plan, port, Float.BYTES).asFloatBuffer())
                            .toList());
        } catch (OutOfMemoryError e) {
            long bytes = plan.inputs().stream()
                            .mapToLong(port -> bytes(plan, port, elementBytes(port)))
                            .sum()
                    + plan.outputs().stream()
                            .mapToLong(port -> bytes(plan, port, Float.BYTES))
                            .sum();
            throw new OctetException(e, RuntimeCode.DIRECT_MEMORY, plan.network(), plan.maxBatch(), bytes);
        }
    }

    private static Buffer input(NetworkPlan plan, Port port) {
        ByteBuffer bytes = direct(plan, port, elementBytes(port));
        return port.image().isPresent() ? bytes : bytes.asFloatBuffer();
    }

    private static int elementBytes(Port input) {
        return input.image().isPresent() ? 1 : Float.BYTES;
    }

    private static ByteBuffer direct(NetworkPlan plan, Port port, int elementBytes) {
        long bytes = bytes(plan, port, elementBytes);
        if (bytes > Integer.MAX_VALUE) {
            throw new OctetException(RuntimeCode.BATCH_TOO_LARGE, plan.maxBatch(), bytes);
        }
        return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
    }

    private static long bytes(NetworkPlan plan, Port port, int elementBytes) {
        return (long) port.shape().elements() * elementBytes * plan.maxBatch();
    }
}
