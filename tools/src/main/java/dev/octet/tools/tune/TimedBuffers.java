package dev.octet.tools.tune;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import java.lang.management.ManagementFactory;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Random inputs of a network at its largest batch, and room for its outputs, all outside of the Java heap.
 *
 * @param inputs per input port bytes of images, or floats
 * @param outputs floats per output port
 */
record TimedBuffers(List<Buffer> inputs, List<FloatBuffer> outputs) {
    private static final long SEED = 7;
    private static final double LARGEST = 3;
    /** So many random bytes are made at once. */
    private static final int CHUNK = 1 << 16;

    /**
     * New buffers for the largest batch of a plan.
     *
     * @throws OctetException {@link TuneCode#MEMORY} if there is no room for them
     */
    static TimedBuffers of(Plan plan) {
        int batch = plan.maxBatch();
        try {
            return new TimedBuffers(
                    plan.inputs().stream().map(port -> input(port, batch)).toList(),
                    plan.outputs().stream()
                            .map(port -> direct(floats(port, batch)).asFloatBuffer())
                            .toList());
        } catch (OutOfMemoryError e) {
            // Harmless where it is about memory outside of the heap, of which Java has collected all that it could.
            throw refused(e, plan, batch, "of at most " + limit() + " there are not so many left");
        }
    }

    /**
     * Throws {@link OctetException} of {@link TuneCode#MEMORY} if a network's buffers at a batch are more than Java allows. What other
     * buffers have of that is not counted: it may be free as soon as Java looks.
     */
    static void require(Plan plan, int batch) {
        require(plan, batch, limit());
    }

    static void require(Plan plan, int batch, long limit) {
        if (sizes(plan, batch).anyMatch(size -> size > Integer.MAX_VALUE)) {
            throw refused(null, plan, batch, "one buffer has at most " + Integer.MAX_VALUE);
        }
        if (sizes(plan, batch).sum() > limit) {
            throw refused(null, plan, batch, "at most " + limit + " are allowed");
        }
    }

    private static OctetException refused(OutOfMemoryError error, Plan plan, int batch, String reason) {
        long bytes = sizes(plan, batch).sum();
        return new OctetException(error, TuneCode.MEMORY, plan.network(), batch, bytes, reason);
    }

    /** How many bytes Java allows outside of its heap: a setting of its own, or as many as within. */
    private static long limit() {
        try {
            String set = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption("MaxDirectMemorySize")
                    .getValue();
            return set.equals("0") ? Runtime.getRuntime().maxMemory() : Long.parseLong(set);
        } catch (IllegalArgumentException e) {
            // Another virtual machine, which does not have the setting.
            return Runtime.getRuntime().maxMemory();
        }
    }

    private static LongStream sizes(Plan plan, int batch) {
        return Stream.concat(
                        plan.inputs().stream()
                                .map(port -> port.image().isPresent() ? bytes(port, batch) : floats(port, batch)),
                        plan.outputs().stream().map(port -> floats(port, batch)))
                .mapToLong(Long::longValue);
    }

    private static long bytes(Port port, int batch) {
        return (long) port.shape().elements() * batch;
    }

    private static long floats(Port port, int batch) {
        return bytes(port, batch) * Float.BYTES;
    }

    private static Buffer input(Port port, int batch) {
        SplittableRandom random = new SplittableRandom(SEED);
        if (port.image().isEmpty()) {
            FloatBuffer floats = direct(floats(port, batch)).asFloatBuffer();
            while (floats.hasRemaining()) {
                floats.put((float) random.nextDouble(-LARGEST, LARGEST));
            }
            return floats.rewind();
        }
        ByteBuffer pixels = direct(bytes(port, batch));
        byte[] chunk = new byte[CHUNK];
        while (pixels.hasRemaining()) {
            random.nextBytes(chunk);
            pixels.put(chunk, 0, Math.min(CHUNK, pixels.remaining()));
        }
        return pixels.rewind();
    }

    private static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }
}
