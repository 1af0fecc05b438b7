package dev.octet.benchmarks;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.Driver;
import dev.octet.tools.tune.Repetition;
import dev.octet.tools.tune.Times;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How fast a device is now: a kernel that does a fixed amount of arithmetic, whose time is that of the clock, and a copy within
 * device memory. Used by one thread.
 */
final class DeviceSpeed implements AutoCloseable {
    private static final String SOURCE = "device.ptx";
    private static final int THREADS = 256;
    /** Eight blocks for each of the 132 multiprocessors of an H100: the amount is the same on any device. */
    private static final int CONTROL_BLOCKS = 8 * 132;
    /** About a millisecond. */
    private static final int CONTROL_ROUNDS = 20_000;
    /** Of a block of {@code copy}: four vectors of 16 bytes a thread. */
    static final int COPY_BLOCK_BYTES = THREADS * 4 * 16;
    /** Twenty times the second-level cache of an H100. */
    private static final long COPY_BYTES = 1L << 30;

    private final Context context;
    private final Context.Stream stream;
    private final Context.Module module;
    private final Context.Event before;
    private final Context.Event after;

    private DeviceSpeed(Context context, String ptx) {
        this.context = context;
        try (Context.Current current = context.enter()) {
            module = current.load(ptx);
            stream = current.newStream();
            before = current.newEvent();
            after = current.newEvent();
        }
    }

    /** Loads the kernels. */
    static DeviceSpeed open(Driver driver, int ordinal) throws IOException {
        return new DeviceSpeed(driver.retain(ordinal), source());
    }

    static String source() throws IOException {
        try (InputStream in = DeviceSpeed.class.getResourceAsStream(SOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Times the fixed amount of arithmetic. */
    Times control() {
        try (Context.Current current = context.enter()) {
            long results = current.allocate((long) CONTROL_BLOCKS * THREADS * Float.BYTES);
            try {
                return time(current, "control", CONTROL_BLOCKS, 0, results, CONTROL_ROUNDS);
            } finally {
                current.free(results);
            }
        }
    }

    /** Times a copy of much more than any cache holds. */
    Row.Copy copy() {
        try (Context.Current current = context.enter()) {
            long from = current.allocate(COPY_BYTES);
            long to = current.allocate(COPY_BYTES);
            try {
                current.fill(from, (byte) 0x5A, COPY_BYTES, stream);
                int blocks = Math.toIntExact(COPY_BYTES / COPY_BLOCK_BYTES);
                return new Row.Copy(2 * COPY_BYTES, time(current, "copy", blocks, from, to, 0));
            } finally {
                current.free(from);
                current.free(to);
            }
        }
    }

    private Times time(Context.Current current, String kernel, int blocks, long from, long to, int count) {
        Context.Function function = current.function(module, kernel);
        Context.Extents extents = new Context.Extents(blocks, 1, THREADS, 0);
        ByteBuffer arguments = ByteBuffer.allocateDirect(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(from)
                .putLong(to)
                .putInt(count)
                .rewind();
        return Repetition.OF_CONTROLS.time(times -> {
            double[] micros = new double[times];
            for (int i = 0; i < times; i++) {
                current.record(before, stream);
                current.launch(function, extents, arguments, stream);
                current.record(after, stream);
                current.synchronize(stream);
                micros[i] = current.milliseconds(before, after) * 1e3;
            }
            return micros;
        });
    }

    @Override
    public void close() {
        try (Context.Current current = context.enter()) {
            current.destroy(before);
            current.destroy(after);
            current.destroy(stream);
            current.unload(module);
        }
        context.close();
    }
}
