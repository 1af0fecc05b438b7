package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.Operands.extent;

import dev.octet.compiler.kernel.KernelSpec.Conv2d;
import dev.octet.compiler.kernel.KernelSpec.Dense;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.quant.Constants;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Trials of the kernels with weights. */
final class ConvolutionTrials {
    private ConvolutionTrials() {}

    /** The specification of a convolution of a given input. */
    static Conv2d spec(
            ElementType in, ElementType out, Extent input, int channels, Window w, Optional<ElementType> residual) {
        int height = w.outHeight(input.height());
        int width = w.outWidth(input.width());
        Extent output =
                out.isInteger() ? extent(height, width, channels) : new Extent(height, width, channels, channels);
        return new Conv2d(in, out, input, output, w, residual);
    }

    /** A trial of a convolution. */
    static KernelTrial conv(String title, Conv2d spec, Schedule.Dp4aTile tile, int batch, Operands operands) {
        Extent input = spec.input();
        Extent output = spec.output();
        int taps = spec.window().taps();
        byte[] x = operands.activations(spec.in(), input, batch);
        byte[] w = operands.weights(output.channels() * taps * input.channels());
        Constants.Epilogue epilogue = operands.epilogue(spec.out(), output.channels(), taps * input.channels());
        Extent residualExtent = extent(output.height(), output.width(), output.channels());
        Optional<byte[]> residual = spec.residual().map(type -> operands.activations(type, residualExtent, batch));

        ByteBuffer expected =
                Operands.zeros(batch * output.elements() * spec.out().bytes());
        for (int pixel = 0; pixel < batch * output.pixels(); pixel++) {
            for (int c = 0; c < output.channels(); c++) {
                int sum = convolve(spec, x, w, pixel, c);
                OptionalInt other = Operands.at(spec.residual(), residual, pixel * residualExtent.pitch() + c);
                float value = Operands.result(epilogue, c, sum, other);
                Operands.put(expected, spec.out(), pixel * output.pitch() + c, value);
            }
        }

        PackSpec.Dp4aTiles pack = new PackSpec.Dp4aTiles(tile.tileN(), tile.tileK());
        List<byte[]> buffers = new ArrayList<>(List.of(x));
        residual.ifPresent(buffers::add);
        buffers.add(Operands.garbage(expected.capacity()));
        buffers.add(Operands.packed(w, output.channels(), taps, input.channels(), input.pitch(), pack));
        buffers.add(epilogue.segment());
        int gridY = (output.channels() + tile.tileN() - 1) / tile.tileN();
        return new KernelTrial(
                title,
                new ScheduledKernel(spec, tile, Target.SM_61),
                Geometry.of(output.pixels(), tile.tileM(), gridY, tile.threads()),
                batch,
                buffers,
                residual.isPresent() ? 2 : 1,
                expected.array());
    }

    private static int convolve(Conv2d spec, byte[] x, byte[] w, int pixel, int channel) {
        Window window = spec.window();
        Extent in = spec.input();
        int image = pixel / spec.output().pixels();
        int p = pixel % spec.output().pixels() / spec.output().width();
        int q = pixel % spec.output().width();
        int sum = 0;
        for (int i = 0; i < window.kernelH(); i++) {
            for (int j = 0; j < window.kernelW(); j++) {
                int row = p * window.strideH() - window.top() + i;
                int column = q * window.strideW() - window.left() + j;
                if (row < 0 || row >= in.height() || column < 0 || column >= in.width()) {
                    continue;
                }
                for (int c = 0; c < in.channels(); c++) {
                    int at = ((image * in.height() + row) * in.width() + column) * in.pitch() + c;
                    int tap = (channel * window.kernelH() + i) * window.kernelW() + j;
                    sum += Operands.value(spec.in(), x[at]) * w[tap * in.channels() + c];
                }
            }
        }
        return sum;
    }

    /** A trial of a dense layer. */
    static KernelTrial dense(String title, Dense spec, int threads, int batch, Operands operands) {
        Extent output = spec.output();
        byte[] x = operands.activations(spec.in(), new Extent(1, 1, spec.k(), spec.k()), batch);
        byte[] w = operands.weights(output.channels() * spec.k());
        Constants.Epilogue epilogue = operands.epilogue(spec.out(), output.channels(), spec.k());
        Extent residualExtent = extent(1, 1, output.channels());
        Optional<byte[]> residual = spec.residual().map(type -> operands.activations(type, residualExtent, batch));

        ByteBuffer expected = Operands.zeros(batch * output.pitch() * spec.out().bytes());
        for (int image = 0; image < batch; image++) {
            for (int c = 0; c < output.channels(); c++) {
                int sum = 0;
                for (int k = 0; k < spec.k(); k++) {
                    sum += Operands.value(spec.in(), x[image * spec.k() + k]) * w[c * spec.k() + k];
                }
                OptionalInt other = Operands.at(spec.residual(), residual, image * residualExtent.pitch() + c);
                float value = Operands.result(epilogue, c, sum, other);
                Operands.put(expected, spec.out(), image * output.pitch() + c, value);
            }
        }

        List<byte[]> buffers = new ArrayList<>(List.of(x));
        residual.ifPresent(buffers::add);
        buffers.add(Operands.garbage(expected.capacity()));
        buffers.add(w);
        buffers.add(epilogue.segment());
        return new KernelTrial(
                title,
                new ScheduledKernel(spec, new Schedule.PerItem(threads), Target.SM_61),
                Geometry.of(output.pitch(), threads, 1, threads),
                batch,
                buffers,
                residual.isPresent() ? 2 : 1,
                expected.array());
    }
}
