package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.quant.Constants;
import java.nio.ByteBuffer;
import java.util.List;

/** Trials of the kernels without weights. */
final class LanewiseTrials {
    private LanewiseTrials() {}

    private static KernelTrial trial(
            String title,
            KernelSpec spec,
            int itemsPerImage,
            int threads,
            int batch,
            List<byte[]> buffers,
            int output,
            ByteBuffer expected) {
        return new KernelTrial(
                title,
                new ScheduledKernel(spec, new Schedule.PerItem(threads), Target.SM_61),
                Geometry.of(itemsPerImage, threads, 1, threads),
                batch,
                buffers,
                output,
                expected.array());
    }

    /** A trial of max pooling. */
    static KernelTrial maxPool(
            String title, ElementType type, Extent input, Window w, int threads, int batch, Operands operands) {
        Extent output =
                new Extent(w.outHeight(input.height()), w.outWidth(input.width()), input.channels(), input.pitch());
        byte[] x = operands.activations(type, input, batch);
        ByteBuffer expected = Operands.zeros(batch * output.elements());
        for (int at = 0; at < expected.capacity(); at++) {
            int pixel = at / output.pitch();
            int image = pixel / output.pixels();
            int top = pixel % output.pixels() / output.width() * w.strideH() - w.top();
            int left = pixel % output.width() * w.strideW() - w.left();
            int best = Integer.MIN_VALUE;
            for (int row = Math.max(top, 0); row < Math.min(top + w.kernelH(), input.height()); row++) {
                for (int col = Math.max(left, 0); col < Math.min(left + w.kernelW(), input.width()); col++) {
                    int from = ((image * input.height() + row) * input.width() + col) * input.pitch();
                    best = Math.max(best, Operands.value(type, x[from + at % output.pitch()]));
                }
            }
            expected.put(at, (byte) best);
        }
        return trial(
                title,
                new KernelSpec.MaxPool(type, input, output, w),
                output.elements() / 16,
                threads,
                batch,
                List.of(x, Operands.garbage(expected.capacity())),
                1,
                expected);
    }

    /** A trial of global average pooling; {@code lo} may exceed zero, which padding lanes must not show. */
    static KernelTrial avgPool(
            String title, KernelSpec.GlobalAvgPool spec, float lo, int threads, int batch, Operands operands) {
        Extent input = spec.input();
        byte[] x = operands.activations(spec.in(), input, batch);
        float range = spec.in().max() * 0.6f;
        Constants.Rescale c = new Constants.Rescale(
                spec.out().max() / range / input.pixels(), lo, spec.out().max());
        ByteBuffer expected = Operands.zeros(batch * input.pitch());
        for (int image = 0; image < batch; image++) {
            for (int lane = 0; lane < input.channels(); lane++) {
                int sum = 0;
                for (int pixel = 0; pixel < input.pixels(); pixel++) {
                    sum += Operands.value(spec.in(), x[(image * input.pixels() + pixel) * input.pitch() + lane]);
                }
                Operands.put(expected, spec.out(), image * input.pitch() + lane, rescaled(c, sum));
            }
        }
        List<byte[]> buffers = List.of(x, Operands.garbage(expected.capacity()), c.segment());
        return trial(title, spec, input.pitch() / 16, threads, batch, buffers, 1, expected);
    }

    private static float rescaled(Constants.Rescale c, int value) {
        return Math.min(Math.max((float) value * c.factor(), c.lo()), c.hi());
    }

    /**
     * A trial of an addition whose sums lie close to the middle between two integers, where the contract's order of
     * operations shows: a third of x and a sixth of y.
     */
    static KernelTrial add(String title, KernelSpec.Add spec, int threads, int batch, Operands operands) {
        Extent all = new Extent(1, 1, spec.elements(), spec.elements());
        byte[] x = operands.activations(spec.x(), all, batch);
        byte[] y = operands.activations(spec.y(), all, batch);
        float third = 1 / 3f;
        float sixth = 1 / 6f;
        int lo = spec.out().min();
        int hi = spec.out().max();
        int ordered = 0;
        ByteBuffer expected = Operands.zeros(batch * spec.elements());
        for (int i = 0; i < expected.capacity(); i++) {
            float a = Operands.value(spec.x(), x[i]);
            float b = Operands.value(spec.y(), y[i]);
            float value = Math.fma(a, third, b * sixth);
            Operands.put(expected, spec.out(), i, Math.min(Math.max(value, lo), hi));
            ordered += Math.rint(value) == Math.rint(Math.fma(b, sixth, a * third)) ? 0 : 1;
        }
        assertThat(ordered).as("sums that show the order of operations").isPositive();
        byte[] constants = new Constants.Sum(third, sixth, lo, hi).segment();
        List<byte[]> buffers = List.of(x, y, Operands.garbage(expected.capacity()), constants);
        return trial(title, spec, spec.elements() / 16, threads, batch, buffers, 2, expected);
    }

    /** A trial of a change of scale. */
    static KernelTrial rescale(String title, KernelSpec.Rescale spec, int threads, int batch, Operands operands) {
        byte[] x = operands.activations(spec.in(), new Extent(1, 1, spec.elements(), spec.elements()), batch);
        Constants.Rescale c =
                new Constants.Rescale(operands.number(0.4, 2.5), 0, spec.out().max());
        ByteBuffer expected = Operands.zeros(batch * spec.elements());
        for (int i = 0; i < expected.capacity(); i++) {
            Operands.put(expected, spec.out(), i, rescaled(c, Operands.value(spec.in(), x[i])));
        }
        List<byte[]> buffers = List.of(x, Operands.garbage(expected.capacity()), c.segment());
        return trial(title, spec, spec.elements() / 16, threads, batch, buffers, 1, expected);
    }

    /** A trial of pixels through a table. */
    static KernelTrial quantize(
            String title, int height, int width, int channels, int threads, int batch, Operands operands) {
        Extent output = extent(height, width, channels);
        byte[] x = operands.bytes(batch * output.pixels() * channels);
        byte[] table = operands.bytes(channels * 256);
        ByteBuffer expected = Operands.zeros(batch * output.elements());
        for (int i = 0; i < x.length; i++) {
            byte quantized = table[i % channels * 256 + Byte.toUnsignedInt(x[i])];
            expected.put(i / channels * output.pitch() + i % channels, quantized);
        }
        return trial(
                title,
                new KernelSpec.Quantize(new Extent(height, width, channels, channels), output),
                output.pixels(),
                threads,
                batch,
                List.of(x, Operands.garbage(expected.capacity()), table),
                1,
                expected);
    }

    /** A trial of bytes to floats. */
    static KernelTrial dequantize(String title, KernelSpec.Dequantize spec, int threads, int batch, Operands operands) {
        Extent input = spec.input();
        byte[] x = operands.activations(spec.in(), input, batch);
        Constants.Dequantize c = new Constants.Dequantize(operands.number(0.001, 0.1));
        int items = input.pixels() * input.channels();
        ByteBuffer expected = Operands.zeros(batch * items * Float.BYTES);
        for (int i = 0; i < batch * items; i++) {
            int pixel = i / items * input.pixels() + i % input.pixels();
            int channel = i % items / input.pixels();
            int value = Operands.value(spec.in(), x[pixel * input.pitch() + channel]);
            Operands.put(expected, ElementType.F32, i, (float) value * c.scale());
        }
        List<byte[]> buffers = List.of(x, Operands.garbage(expected.capacity()), c.segment());
        return trial(title, spec, items, threads, batch, buffers, 1, expected);
    }
}
