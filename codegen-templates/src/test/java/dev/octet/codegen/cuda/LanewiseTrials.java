package dev.octet.codegen.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.plan.quant.Constants;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Trials of the kernels without weights. */
final class LanewiseTrials {
    private LanewiseTrials() {}

    static KernelTrial maxPool(KernelTrial.Request request, KernelSpec.MaxPool spec) {
        byte[] x = request.operands().activations(spec.element(), spec.input(), request.batch());
        ByteBuffer expected = pooled(spec, x, request.batch());
        return request.trial(List.of(x, Operands.garbage(expected.capacity())), 1, expected);
    }

    /** Maxima of the windows of some images. */
    static ByteBuffer pooled(KernelSpec.MaxPool spec, byte[] x, int batch) {
        Extent input = spec.input();
        Extent output = spec.output();
        Window w = spec.window();
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
                    best = Math.max(best, Operands.value(spec.element(), x[from + at % output.pitch()]));
                }
            }
            expected.put(at, (byte) best);
        }
        return expected;
    }

    /** The floor may lie above zero, which padding lanes must not show. */
    static KernelTrial avgPool(KernelTrial.Request request, KernelSpec.GlobalAvgPool spec) {
        Extent input = spec.input();
        byte[] x = request.operands().activations(spec.in(), input, request.batch());
        float factor = spec.out().max() / (spec.in().max() * 0.6f) / input.pixels();
        float floor = request.operands().floor(spec.out());
        Constants.Rescale c = new Constants.Rescale(factor, floor, spec.out().max());
        ByteBuffer expected = Operands.zeros(request.batch() * input.pitch());
        for (int image = 0; image < request.batch(); image++) {
            for (int lane = 0; lane < input.channels(); lane++) {
                int sum = 0;
                for (int pixel = 0; pixel < input.pixels(); pixel++) {
                    sum += Operands.value(spec.in(), x[(image * input.pixels() + pixel) * input.pitch() + lane]);
                }
                Operands.put(expected, spec.out(), image * input.pitch() + lane, rescaled(c, sum));
            }
        }
        return request.trial(List.of(x, Operands.garbage(expected.capacity()), c.segment()), 1, expected);
    }

    private static float rescaled(Constants.Rescale c, int value) {
        return Math.min(Math.max((float) value * c.factor(), c.lo()), c.hi());
    }

    /**
     * Sums lie close to the middle between two integers, where the contract's order of operations shows: a third of x
     * and a sixth of y. Activations may limit them further than the type.
     */
    static KernelTrial add(KernelTrial.Request request, KernelSpec.Add spec) {
        Extent all = new Extent(1, 1, spec.elements(), spec.elements());
        byte[] x = request.operands().activations(spec.x(), all, request.batch());
        byte[] y = request.operands().activations(spec.y(), all, request.batch());
        float third = 1 / 3f;
        float sixth = 1 / 6f;
        int lo = Math.max(spec.out().min(), request.operands().limit(-20, -128));
        int hi = request.operands().limit(20, spec.out().max());
        int ordered = 0;
        ByteBuffer expected = Operands.zeros(request.batch() * spec.elements());
        for (int i = 0; i < expected.capacity(); i++) {
            float a = Operands.value(spec.x(), x[i]);
            float b = Operands.value(spec.y(), y[i]);
            float value = Math.fma(a, third, b * sixth);
            Operands.put(expected, spec.out(), i, Math.min(Math.max(value, lo), hi));
            ordered += Math.rint(value) == Math.rint(Math.fma(b, sixth, a * third)) ? 0 : 1;
        }
        assertThat(ordered > 0 || expected.capacity() < 1000)
                .as("whether some of many sums show the order of operations")
                .isTrue();
        byte[] constants = new Constants.Sum(third, sixth, lo, hi).segment();
        return request.trial(List.of(x, y, Operands.garbage(expected.capacity()), constants), 2, expected);
    }

    static KernelTrial rescale(KernelTrial.Request request, KernelSpec.Rescale spec) {
        Extent all = new Extent(1, 1, spec.elements(), spec.elements());
        byte[] x = request.operands().activations(spec.in(), all, request.batch());
        float factor = request.operands().number(0.4, 2.5);
        int lo = request.operands().limit(spec.out().min(), 0);
        int hi = request.operands().limit(spec.out().max(), 70);
        Constants.Rescale c = new Constants.Rescale(factor, lo, hi);
        ByteBuffer expected = Operands.zeros(request.batch() * spec.elements());
        for (int i = 0; i < expected.capacity(); i++) {
            Operands.put(expected, spec.out(), i, rescaled(c, Operands.value(spec.in(), x[i])));
        }
        return request.trial(List.of(x, Operands.garbage(expected.capacity()), c.segment()), 1, expected);
    }

    static KernelTrial gate(KernelTrial.Request request, KernelSpec.Gate spec) {
        Extent extent = spec.extent();
        Extent one = new Extent(1, 1, extent.channels(), extent.pitch());
        byte[] x = request.operands().activations(spec.x(), extent, request.batch());
        byte[] gates = request.operands().activations(spec.gate(), one, request.batch());
        float factor = request.operands().number(0.5, 2)
                * spec.out().max()
                / (spec.x().max() * spec.gate().max());
        Constants.Rescale c = new Constants.Rescale(
                factor,
                spec.out().min(),
                request.operands().limit(60, spec.out().max()));
        ByteBuffer expected = Operands.zeros(x.length);
        for (int i = 0; i < x.length; i++) {
            byte gate = gates[i / extent.elements() * extent.pitch() + i % extent.pitch()];
            int product = Operands.value(spec.x(), x[i]) * Operands.value(spec.gate(), gate);
            Operands.put(expected, spec.out(), i, rescaled(c, product));
        }
        return request.trial(List.of(x, gates, Operands.garbage(x.length), c.segment()), 2, expected);
    }

    /** The result of zero is seldom zero, which padding lanes must not show. */
    static KernelTrial lookup(KernelTrial.Request request, KernelSpec.Lookup spec) {
        Extent extent = spec.extent();
        byte[] x = request.operands().activations(ElementType.U8, extent, request.batch());
        byte[] table = request.operands().bytes(256);
        ByteBuffer expected = Operands.zeros(x.length);
        for (int i = 0; i < x.length; i++) {
            expected.put(i, i % extent.pitch() < extent.channels() ? table[Byte.toUnsignedInt(x[i])] : 0);
        }
        return request.trial(List.of(x, Operands.garbage(x.length), table), 1, expected);
    }

    static KernelTrial windowMean(KernelTrial.Request request, KernelSpec.AvgPool spec) {
        Extent input = spec.input();
        Extent output = spec.output();
        Op.AvgPool op = new Op.AvgPool(spec.window(), spec.counted());
        byte[] x = request.operands().activations(spec.in(), input, request.batch());
        float[] factor = new float[spec.window().taps() + 1];
        for (int count = 1; count < factor.length; count++) {
            factor[count] = spec.out().max()
                    / (spec.in().max() * 0.6f)
                    / count
                    * request.operands().number(0.9, 1.1);
        }
        int hi = request.operands().limit(60, spec.out().max());
        Constants.WindowMean c = new Constants.WindowMean(factor, spec.out().min(), hi);
        Shape shape = Shape.of(input.channels(), input.height(), input.width());
        ByteBuffer expected = Operands.zeros(request.batch() * output.elements());
        for (int at = 0; at < expected.capacity(); at++) {
            int pixel = at / output.pitch();
            int row = pixel % output.pixels() / output.width();
            int column = pixel % output.width();
            int sum = windowSum(spec, x, pixel / output.pixels(), row, column, at % output.pitch());
            float value = (float) sum * factor[op.count(shape, row, column)];
            Operands.put(expected, spec.out(), at, Math.min(Math.max(value, c.lo()), c.hi()));
        }
        return request.trial(List.of(x, Operands.garbage(expected.capacity()), c.segment()), 1, expected);
    }

    private static int windowSum(KernelSpec.AvgPool spec, byte[] x, int image, int row, int column, int lane) {
        Window w = spec.window();
        Extent input = spec.input();
        int sum = 0;
        for (int i = 0; i < w.kernelH(); i++) {
            for (int j = 0; j < w.kernelW(); j++) {
                int y = row * w.strideH() - w.top() + i;
                int z = column * w.strideW() - w.left() + j;
                if (y >= 0 && y < input.height() && z >= 0 && z < input.width()) {
                    int at = ((image * input.height() + y) * input.width() + z) * input.pitch() + lane;
                    sum += Operands.value(spec.in(), x[at]);
                }
            }
        }
        return sum;
    }

    static KernelTrial upsample(KernelTrial.Request request, KernelSpec.Upsample spec) {
        Extent input = spec.input();
        byte[] x = request.operands().activations(ElementType.S8, input, request.batch());
        int width = input.width() * spec.columns();
        ByteBuffer expected = Operands.zeros(x.length * spec.rows() * spec.columns());
        for (int at = 0; at < expected.capacity(); at++) {
            int pixel = at / input.pitch();
            int line = pixel / width / spec.rows(); // of the batch
            int column = pixel % width / spec.columns();
            expected.put(at, x[(line * input.width() + column) * input.pitch() + at % input.pitch()]);
        }
        return request.trial(List.of(x, Operands.garbage(expected.capacity())), 1, expected);
    }

    static KernelTrial moveChannels(KernelTrial.Request request, MoveChannels spec) {
        List<byte[]> buffers = new ArrayList<>();
        ByteBuffer expected = Operands.zeros(request.batch() * spec.pixels() * spec.pitch());
        for (MoveChannels.Run run : spec.runs()) {
            Extent extent = new Extent(1, spec.pixels(), run.channels(), run.pitch());
            byte[] x = request.operands().activations(ElementType.U8, extent, request.batch());
            for (int pixel = 0; pixel < request.batch() * spec.pixels(); pixel++) {
                for (int c = 0; c < run.count(); c++) {
                    expected.put(pixel * spec.pitch() + run.to() + c, x[pixel * run.pitch() + run.from() + c]);
                }
            }
            buffers.add(x);
        }
        buffers.add(Operands.garbage(expected.capacity()));
        return request.trial(buffers, spec.runs().size(), expected);
    }

    static KernelTrial quantize(KernelTrial.Request request, KernelSpec.Quantize spec) {
        Extent output = spec.output();
        int channels = output.channels();
        byte[] x = request.operands().bytes(request.batch() * output.pixels() * channels);
        byte[] table = request.operands().bytes(channels * 256);
        ByteBuffer expected = Operands.zeros(request.batch() * output.elements());
        for (int i = 0; i < x.length; i++) {
            byte quantized = table[i % channels * 256 + Byte.toUnsignedInt(x[i])];
            expected.put(i / channels * output.pitch() + i % channels, quantized);
        }
        return request.trial(List.of(x, Operands.garbage(expected.capacity()), table), 1, expected);
    }

    /** Numbers in and around the range, the middles between two integers, and what is no number at all. */
    static KernelTrial quantizeFloat(KernelTrial.Request request, KernelSpec.QuantizeFloat spec) {
        Extent output = spec.output();
        float step = 1 / 64f;
        float[] x = request.operands().floats(request.batch() * output.pixels() * output.channels(), step);
        Constants.QuantizeFloat c = new Constants.QuantizeFloat(1 / step, -127, 127);
        ByteBuffer in = Operands.zeros(x.length * Float.BYTES);
        ByteBuffer expected = Operands.zeros(request.batch() * output.elements());
        int items = output.pixels() * output.channels();
        for (int i = 0; i < x.length; i++) {
            Operands.put(in, ElementType.F32, i, x[i]);
            int pixel = i / items * output.pixels() + i % output.pixels();
            int channel = i % items / output.pixels();
            float scaled = x[i] * c.inverse();
            float value = Float.isNaN(scaled) ? 0 : Math.min(Math.max(scaled, c.lo()), c.hi());
            Operands.put(expected, ElementType.S8, pixel * output.pitch() + channel, value);
        }
        return request.trial(List.of(in.array(), Operands.garbage(expected.capacity()), c.segment()), 1, expected);
    }

    static KernelTrial dequantize(KernelTrial.Request request, KernelSpec.Dequantize spec) {
        Extent input = spec.input();
        byte[] x = request.operands().activations(spec.in(), input, request.batch());
        Constants.Dequantize c = new Constants.Dequantize(request.operands().number(0.001, 0.1));
        int items = input.pixels() * input.channels();
        ByteBuffer expected = Operands.zeros(request.batch() * items * Float.BYTES);
        for (int i = 0; i < request.batch() * items; i++) {
            int pixel = i / items * input.pixels() + i % input.pixels();
            int channel = i % items / input.pixels();
            int value = Operands.value(spec.in(), x[pixel * input.pitch() + channel]);
            Operands.put(expected, ElementType.F32, i, (float) value * c.scale());
        }
        return request.trial(List.of(x, Operands.garbage(expected.capacity()), c.segment()), 1, expected);
    }
}
