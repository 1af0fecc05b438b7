package dev.octet.runtime.device;

import dev.octet.plan.quant.Constants;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Memory and queue for one run at a time. Not thread-safe. */
public interface DeviceSession extends AutoCloseable {
    /**
     * Runs {@code n} images and returns when the outputs are written.
     *
     * @param n number of images, at least 1 and at most the session's batch
     * @param inputs per input port, n images from the buffer's position, which does not move: a {@link ByteBuffer} of HWC
     *     bytes for a port with an image format, else a {@link FloatBuffer} of values in logical order
     * @param outputs per output port, room for n results in logical order from the buffer's position; of a softmax its
     *     operand, for the rest is the host's work
     */
    void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs);

    /** Whether the device has a clock whose times mean anything: whether {@link #runTimed} runs. */
    default boolean hasClock() {
        return false;
    }

    /**
     * Does what {@link #run} does, step by step, and says how long each step took.
     *
     * @return empty, and nothing has run, if {@link #hasClock} is not true
     */
    default Optional<TimedRun> runTimed(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
        return Optional.empty();
    }

    /**
     * What runs parts of the network's launch program without copies. Closed with the session.
     *
     * @return empty if the device runs no kernels, or has no clock whose times mean anything
     */
    default Optional<StepReplays> replays() {
        return Optional.empty();
    }

    /**
     * Replaces the constants of all nodes for the runs that follow. Only in a session that has constants of its own, between
     * runs.
     *
     * @param constants by node id, for exactly the nodes that have some in the network's image, of the same sizes
     */
    default void constants(Map<Integer, Constants> constants) {
        throw new IllegalStateException("the session has no constants of its own");
    }

    /**
     * Copies a value of the last run, n images, exactly as laid out by its type, padding lanes included. Only in a
     * session that keeps values.
     *
     * @param value id of a node of the quantised graph, no softmax
     */
    byte[] value(int value);

    /**
     * What counts the values of the last run on the device; only in a session that keeps values, of a float program. Closed
     * with the session.
     *
     * @return empty if this device, or the program, has no means to count
     */
    default Optional<ValueStatistics> statistics() {
        return Optional.empty();
    }

    /** Bytes of device memory that this session holds. */
    long deviceBytes();

    @Override
    void close();
}
