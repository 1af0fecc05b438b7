package dev.octet.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Multiply-accumulates per second of one core for the layers that MobileNets consist of, on a machine with nothing else
 * to do: {@code -Dgroups=perf}.
 */
@Tag("perf")
class ConvSpeedTest {
    private static final int BATCH = 8;
    private static final long NANOS = 2_000_000_000L;

    @Test
    void aCoreDoesABillionDepthwiseMultiplicationsASecond() {
        giga("dense 1x1", 128, 128, 28, 1, 1, 1);
        giga("dense 3x3", 64, 64, 28, 3, 1, 1);
        double[] depthwise = {
            giga("depthwise 3x3", 32, 32, 112, 3, 1, 32),
            giga("depthwise 3x3", 144, 144, 56, 3, 1, 144),
            giga("depthwise 3x3, stride 2", 144, 144, 56, 3, 2, 144),
            giga("depthwise 5x5", 240, 240, 28, 5, 1, 240),
            giga("depthwise 3x3", 512, 512, 14, 3, 1, 512),
            giga("depthwise 3x3", 960, 960, 7, 3, 1, 960)
        };
        giga("32 groups 3x3", 128, 128, 28, 3, 1, 32);
        assertThat(Arrays.stream(depthwise).min().orElseThrow()).isGreaterThan(1);
    }

    /** Billions of multiply-accumulates a second, in the best of the passes. */
    private static double giga(String name, int in, int out, int size, int kernel, int stride, int groups) {
        int pad = kernel / 2;
        Window window = new Window(kernel, kernel, stride, stride, pad, pad, pad, pad);
        int outSize = window.outHeight(size);
        TensorType from = type(Shape.of(in, size, size));
        TensorType to = type(Shape.of(out, outSize, outSize));
        Constant weight = new Constant.Tensor("w", List.of(out, in / groups, kernel, kernel));
        Op.Conv2d op = new Op.Conv2d(
                name,
                weight,
                Optional.empty(),
                window,
                groups,
                new dev.octet.plan.graph.Epilogue(false, Activation.RELU));
        Node node = new Node(1, "y", op, List.of(0), to, Optional.empty());
        CpuOp conv = new ConvOp(node, op, from, weights(name, out, kernel * kernel, in / groups), epilogue(out));
        Frame frame = new Frame(BATCH, Map.of(0, tensor(from), 1, tensor(to)));
        double seconds = best(conv, frame);
        double macs = (double) BATCH * to.shape().elements() * (in / groups) * kernel * kernel;
        System.out.printf(
                "%-24s %4d x %3d: %6.2f GMAC/s, %6.0f us%n", name, in, size, macs / seconds / 1e9, seconds * 1e6);
        return macs / seconds / 1e9;
    }

    private static TensorType type(Shape shape) {
        return TensorType.quantized(ElementType.U8, shape, "s").withStorage(ChannelMap.padded(shape.channels()));
    }

    private static Tensor tensor(TensorType type) {
        Layout layout = Layout.pixels(type.shape(), type.storage().orElseThrow());
        byte[] data = new byte[layout.imageStride() * BATCH];
        new Random(1).nextBytes(data);
        return new ByteTensor(layout, data, false);
    }

    private static LayerWeights weights(String name, int out, int taps, int in) {
        Random random = new Random(2);
        float[][] rows = new float[out][taps * in];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(255) - 127;
            }
        }
        return new LayerWeights(name, taps, in, rows);
    }

    private static Epilogue epilogue(int out) {
        float[] m = new float[(out + 15) / 16 * 16];
        Arrays.fill(m, 1e-3f);
        return new Epilogue(m, new float[m.length], 0, 255, 0);
    }

    /** Seconds of a pass: the sum of each unit's best time, which what else runs on the machine disturbs least. */
    private static double best(CpuOp op, Frame frame) {
        Scratch scratch = new Scratch();
        long[] best = new long[op.units(BATCH)];
        Arrays.fill(best, Long.MAX_VALUE);
        long end = System.nanoTime() + NANOS;
        while (System.nanoTime() < end) {
            for (int unit = 0; unit < best.length; unit++) {
                long start = System.nanoTime();
                op.run(unit, frame, scratch);
                best[unit] = Math.min(best[unit], System.nanoTime() - start);
            }
        }
        return Arrays.stream(best).sum() / 1e9;
    }
}
