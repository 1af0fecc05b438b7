package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.plan.Port;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Page-locked memory between a port's buffer, which may be anywhere, and the device.
 *
 * @param port the port
 * @param memory room for a session's largest batch
 * @param bytesPerImage size of one image on the device
 */
record Staging(Port port, Context.HostMemory memory, long bytesPerImage) {

    /** Takes n images from the position of a buffer of bytes or floats, which keeps its position. */
    void take(int n, Buffer source) {
        int bytes = Math.toIntExact(n * bytesPerImage);
        int elementBytes = source instanceof FloatBuffer ? Float.BYTES : 1;
        if ((long) source.remaining() * elementBytes < bytes) {
            throw new IllegalArgumentException("input " + port.name() + ": " + n + " images take " + bytes
                    + " bytes, the buffer has " + (long) source.remaining() * elementBytes);
        }
        if (source instanceof FloatBuffer floats) {
            memory.buffer().asFloatBuffer().put(0, floats, floats.position(), bytes / Float.BYTES);
        } else {
            memory.buffer().put(0, (ByteBuffer) source, source.position(), bytes);
        }
    }

    /** Gives n results to a buffer at its position, which it keeps: the logical elements of each image. */
    void give(int n, FloatBuffer target) {
        int elements = port.shape().elements();
        if (target.remaining() < (long) n * elements) {
            throw new IllegalArgumentException("output " + port.name() + ": " + n + " results take "
                    + n * (long) elements + " floats, the buffer has room for " + target.remaining());
        }
        FloatBuffer source = memory.buffer().asFloatBuffer();
        int pitch = Math.toIntExact(bytesPerImage / Float.BYTES);
        if (pitch == elements) {
            target.put(target.position(), source, 0, n * elements);
            return;
        }
        for (int i = 0; i < n; i++) {
            target.put(target.position() + i * elements, source, i * pitch, elements);
        }
    }
}
