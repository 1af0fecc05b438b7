package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.FloatKernel.Value;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.quant.Constants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What kernels on floats read and write, see {@link KernelOperands}. */
final class FloatKernelOperands {
    private FloatKernelOperands() {}

    static List<Long> values(KernelSpec.OfFloats spec) {
        List<Long> values = new ArrayList<>();
        if (spec instanceof FloatKernel kernel) {
            kernel.operands().forEach(operand -> values.add(bytes(operand)));
            values.add(bytes(kernel.output()));
        } else if (spec instanceof FloatKernel.Export export) {
            values.add((long) export.input().elements() * Float.BYTES);
            values.add((long) export.items() * Float.BYTES);
        } else if (spec instanceof FloatKernel.Pixels pixels) {
            values.add((long) pixels.input().elements());
            values.add((long) pixels.output().elements() * Float.BYTES);
        } else {
            throw new AssertionError("no operands for " + spec);
        }
        return values;
    }

    private static long bytes(Value value) {
        return (long) value.extent().elements() * value.element().bytes();
    }

    /** Filters, and a bias for each. */
    static byte[] weights(FloatKernel.Conv2d spec, PackSpec.FloatTiles pack) {
        int filters = rounded(spec.output().extent().channels(), pack.tileN());
        ByteBuffer weights = ByteBuffer.allocate(Float.BYTES * filters * (rounded(spec.k(), pack.tileK()) + 1))
                .order(ByteOrder.LITTLE_ENDIAN);
        SplittableRandom random = new SplittableRandom(1);
        while (weights.hasRemaining()) {
            weights.putFloat((float) random.nextDouble(-.1, .1));
        }
        return weights.array();
    }

    private static int rounded(int count, int multiple) {
        return (count + multiple - 1) / multiple * multiple;
    }

    static Optional<Constants> constants(KernelSpec.OfFloats spec) {
        if (spec instanceof FloatKernel.Pixels pixels) {
            return Optional.of(
                    new Constants.FloatPixels(new float[pixels.input().channels() * 256]));
        }
        if (!(spec instanceof FloatKernel kernel) || !kernel.hasIntegers()) {
            return Optional.empty();
        }
        float[] scale = new float[kernel.operands().size()];
        Arrays.fill(scale, .01f);
        return Optional.of(new Constants.FloatBorder(scale, 30, -127, 127));
    }
}
