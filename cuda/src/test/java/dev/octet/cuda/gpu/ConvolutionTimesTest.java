package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.LaunchGeometry;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.cuda.internal.Context;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long the convolutions of a residual network take, by target. Launches are queued back to back and timed by the
 * clock of the host from the first to the end of the last, so a time is no shorter than it takes to launch.
 */
@Tag("perf")
class ConvolutionTimesTest {
    private static final int LAUNCHES = 200;
    private static final String HASH = "0".repeat(32);
    private static Context context;

    @BeforeAll
    static void open() {
        context = Gpu.driver().retain(0);
    }

    @AfterAll
    static void close() {
        if (context != null) {
            context.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"56,64,64,1", "56,64,64,3", "56,64,256,1", "28,128,128,3", "14,256,256,3", "7,512,512,3"})
    void ofResidualNetworks(int size, int in, int out, int kernel) {
        int pad = kernel / 2;
        KernelSpec.Conv2d spec = new KernelSpec.Conv2d(
                ElementType.U8,
                ElementType.U8,
                new Extent(size, size, in, in),
                new Extent(size, size, out, out),
                new Window(kernel, kernel, 1, 1, pad, pad, pad, pad),
                Optional.empty());
        for (int batch : new int[] {32, 128}) {
            for (Target target : Target.values()) {
                Schedule schedule = ScheduleSelector.select(spec, target, batch);
                double seconds = seconds(spec, schedule, target, batch);
                double operations = 2.0 * batch * spec.output().pixels() * out * spec.k();
                System.out.printf(
                        Locale.ROOT,
                        "%s %dx%dx%d to %d, %dx%d, batch %d, %s: %.1f us, %.1f TOPS%n",
                        target.text(),
                        size,
                        size,
                        in,
                        out,
                        kernel,
                        kernel,
                        batch,
                        schedule.canonicalName(),
                        seconds * 1e6,
                        operations / seconds * 1e-12);
                assertThat(seconds).isPositive();
            }
        }
    }

    private static double seconds(KernelSpec.Conv2d spec, Schedule schedule, Target target, int batch) {
        ScheduledKernel kernel = new ScheduledKernel(spec, schedule, target);
        String ptx = CompiledKernels.of(target, Map.of(HASH, new CudaWriter().source(kernel)))
                .ptx(target, new Step.Kernel(kernel.name(), HASH))
                .orElseThrow();
        long[] sizes = {
            (long) batch * spec.input().elements(),
            (long) batch * spec.output().elements(),
            (long) spec.k() * spec.output().channels() + (1 << 20), // padding of the last tiles included
            (2L * spec.output().pitch() + 4) * Float.BYTES
        };
        try (Context.Current current = context.enter()) {
            Context.Stream stream = current.newStream();
            Context.Module module = current.load(ptx);
            long[] buffers = new long[sizes.length];
            try {
                for (int i = 0; i < sizes.length; i++) {
                    buffers[i] = current.allocate(sizes[i]);
                    current.fill(buffers[i], (byte) 0x35, sizes[i], stream);
                }
                Context.Function function = current.function(module, kernel.name());
                Geometry geometry = LaunchGeometry.of(spec, schedule);
                Context.Extents extents =
                        new Context.Extents(geometry.gridX(batch), geometry.gridY(), geometry.threads(), 0);
                return seconds(
                        current, () -> current.launch(function, extents, arguments(buffers, batch), stream), stream);
            } finally {
                for (long buffer : buffers) {
                    current.free(buffer);
                }
                current.unload(module);
                current.destroy(stream);
            }
        }
    }

    private static double seconds(Context.Current current, Runnable launch, Context.Stream stream) {
        long start = 0;
        for (int i = -LAUNCHES / 4; i < LAUNCHES; i++) {
            if (i == 0) {
                current.synchronize(stream);
                start = System.nanoTime();
            }
            launch.run();
        }
        current.synchronize(stream);
        return (System.nanoTime() - start) * 1e-9 / LAUNCHES;
    }

    private static ByteBuffer arguments(long[] buffers, int batch) {
        ByteBuffer block = ByteBuffer.allocateDirect(48).order(ByteOrder.nativeOrder());
        for (long buffer : buffers) {
            block.putLong(buffer);
        }
        return block.putLong(0).putInt(batch).putInt(0).rewind();
    }
}
