package dev.octet.cuda.gpu;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.schedule.LaunchGeometry;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.cuda.driver.Context;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A kernel on the device with random operands, to be timed. */
final class TimedKernel implements AutoCloseable {
    private static final CudaWriter WRITER = new CudaWriter();
    /** More than twice the second-level cache of an H100. */
    private static final long ROTATED_BYTES = 128L << 20;

    private static final int MOST_COPIES = 512;
    private static final int ALIGNMENT = 256;
    /** Random bytes are uploaded once and repeated by the kernel's operands. */
    private static final int PATTERN_BYTES = 1 << 20;

    private final Bench bench;
    private final ScheduledKernel kernel;
    private final int batch;
    private final List<Long> allocations = new ArrayList<>();
    private final List<ByteBuffer> arguments = new ArrayList<>();
    private final Context.Module module;
    private final Context.Function function;

    /** Loads a kernel; {@code rotated} gives launches in a row different images and results. */
    TimedKernel(Bench bench, ScheduledKernel kernel, BuiltKernels built, int batch, boolean rotated) {
        this.bench = bench;
        this.kernel = kernel;
        this.batch = batch;
        try (Context.Current current = bench.context().enter()) {
            module = current.load(built.cubin(new Step.Kernel(kernel.name(), hash(kernel))));
            function = current.function(module, kernel.name());
            allocate(current, KernelOperands.of(kernel), rotated);
        }
    }

    /** Builds kernels of one target on all cores. */
    static BuiltKernels build(List<ScheduledKernel> kernels) {
        Map<String, String> sources = new TreeMap<>();
        kernels.forEach(kernel -> sources.put(hash(kernel), WRITER.source(kernel)));
        return BuiltKernels.forGpu(kernels.get(0).target(), sources);
    }

    private static String hash(ScheduledKernel kernel) {
        return Sha256.hex(WRITER.source(kernel).getBytes(StandardCharsets.UTF_8))
                .substring(0, 32);
    }

    private void allocate(Context.Current current, KernelOperands operands, boolean rotated) {
        long perCopy = operands.imageBytes() * batch;
        int copies = rotated ? (int) Math.max(1, Math.min(MOST_COPIES, ROTATED_BYTES / perCopy + 1)) : 1;
        List<Long> weights = new ArrayList<>();
        for (byte[] segment : operands.segments()) {
            long address = memory(current, segment.length);
            current.upload(address, segment);
            weights.add(address);
        }
        for (int copy = 0; copy < copies; copy++) {
            List<Long> pointers = new ArrayList<>();
            for (long bytes : operands.values()) {
                pointers.add(random(current, bytes * batch));
            }
            pointers.addAll(weights);
            arguments.add(struct(pointers));
        }
    }

    private long memory(Context.Current current, long bytes) {
        long address = current.allocate(bytes);
        allocations.add(address);
        return address;
    }

    /** Random bytes; a pattern is repeated at distances that no tile has. */
    private long random(Context.Current current, long bytes) {
        long address = memory(current, bytes);
        byte[] pattern = new byte[(int) Math.min(bytes, PATTERN_BYTES - ALIGNMENT)];
        new SplittableRandom(bytes).nextBytes(pattern);
        for (long at = 0; at < bytes; at += pattern.length) {
            int count = (int) Math.min(pattern.length, bytes - at);
            current.upload(address + at, count == pattern.length ? pattern : Arrays.copyOf(pattern, count));
        }
        return address;
    }

    private ByteBuffer struct(List<Long> pointers) {
        ByteBuffer block =
                ByteBuffer.allocateDirect((pointers.size() + 2) * Long.BYTES).order(ByteOrder.nativeOrder());
        pointers.forEach(block::putLong);
        return block.putLong(0).putInt(batch).putInt(0).rewind();
    }

    /** Times the kernel, after having waited for the operands. */
    Bench.Times time() {
        Geometry geometry = LaunchGeometry.of(kernel.spec(), kernel.schedule());
        Context.Extents extents = new Context.Extents(
                geometry.gridX(batch), geometry.gridY(), geometry.threads(), geometry.sharedBytes());
        try (Context.Current current = bench.context().enter()) {
            return bench.time(
                    current,
                    i -> current.launch(function, extents, arguments.get(i % arguments.size()), bench.stream()));
        }
    }

    @Override
    public void close() {
        try (Context.Current current = bench.context().enter()) {
            allocations.forEach(current::free);
            current.unload(module);
        }
    }
}
