package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.compiler.schedule.LaunchGeometry;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.quant.Constants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What a kernel reads and writes, in the order of its argument, without the meaning that only tests of results need.
 *
 * @param values bytes per image of its operands and its result
 * @param segments weights and constants
 */
record KernelOperands(List<Long> values, List<byte[]> segments) {
    /** Standard deviation of a product of two random bytes. */
    private static final double PRODUCT = 5400;

    /** Bytes of K of a step of fragments. */
    private static final int BYTES_OF_STEP = 32;

    /** Bytes of all values of an image: what a kernel that reads everything once has to move, but for weights. */
    long imageBytes() {
        return values.stream().mapToLong(Long::longValue).sum();
    }

    static KernelOperands of(ScheduledKernel kernel) {
        KernelSpec spec = kernel.spec();
        List<byte[]> segments = new ArrayList<>();
        LaunchGeometry.packing(spec, kernel.schedule()).ifPresent(pack -> segments.add(weights(spec, pack)));
        constants(spec).ifPresent(constants -> segments.add(constants.segment()));
        return new KernelOperands(values(spec), segments);
    }

    private static List<Long> values(KernelSpec spec) {
        List<Long> values = new ArrayList<>();
        if (spec instanceof KernelSpec.Conv2d conv) {
            values.add(bytes(conv.in(), conv.input()));
            conv.residual().ifPresent(residual -> values.add(bytes(residual, conv.output())));
            values.add(bytes(conv.out(), conv.output()));
        } else if (spec instanceof PooledConv2d pooled) {
            values.addAll(List.of(bytes(pooled.in(), pooled.input()), bytes(pooled.out(), pooled.output())));
        } else if (spec instanceof KernelSpec.Depthwise conv) {
            values.add(bytes(conv.in(), conv.input()));
            conv.residual().ifPresent(residual -> values.add(bytes(residual, conv.output())));
            values.add(bytes(conv.out(), conv.output()));
        } else if (spec instanceof KernelSpec.Grouped conv) {
            values.add(bytes(conv.in(), conv.input()));
            conv.residual().ifPresent(residual -> values.add(bytes(residual, conv.output())));
            values.add(bytes(conv.out(), conv.output()));
        } else if (spec instanceof KernelSpec.Dense dense) {
            values.add((long) dense.k());
            dense.residual().ifPresent(residual -> values.add(bytes(residual, dense.output())));
            values.add(bytes(dense.out(), dense.output()));
        } else if (spec instanceof KernelSpec.MaxPool pool) {
            values.addAll(List.of(bytes(pool.element(), pool.input()), bytes(pool.element(), pool.output())));
        } else if (spec instanceof KernelSpec.GlobalAvgPool pool) {
            values.addAll(
                    List.of(bytes(pool.in(), pool.input()), (long) pool.input().pitch()));
        } else if (spec instanceof KernelSpec.Add add) {
            values.addAll(List.of((long) add.elements(), (long) add.elements(), (long) add.elements()));
        } else if (spec instanceof KernelSpec.Rescale rescale) {
            values.addAll(List.of((long) rescale.elements(), (long) rescale.elements()));
        } else if (spec instanceof KernelSpec.Gate gate) {
            long elements = gate.extent().elements();
            values.addAll(List.of(elements, (long) gate.extent().pitch(), elements));
        } else if (spec instanceof KernelSpec.Lookup lookup) {
            long elements = lookup.extent().elements();
            values.addAll(List.of(elements, elements));
        } else if (spec instanceof KernelSpec.AvgPool pool) {
            values.addAll(List.of(bytes(pool.in(), pool.input()), bytes(pool.out(), pool.output())));
        } else if (spec instanceof KernelSpec.Upsample upsample) {
            long elements = upsample.input().elements();
            values.addAll(List.of(elements, elements * upsample.rows() * upsample.columns()));
        } else if (spec instanceof MoveChannels move) {
            move.runs().forEach(run -> values.add((long) move.pixels() * run.pitch()));
            values.add((long) move.pixels() * move.pitch());
        } else if (spec instanceof KernelSpec.Quantize quantize) {
            values.addAll(List.of(
                    (long) quantize.input().elements(), (long) quantize.output().elements()));
        } else if (spec instanceof KernelSpec.QuantizeFloat quantize) {
            values.addAll(List.of(bytes(ElementType.F32, quantize.input()), (long)
                    quantize.output().elements()));
        } else if (spec instanceof KernelSpec.Dequantize dequantize) {
            values.add((long) dequantize.input().elements());
            values.add((long) dequantize.items() * Float.BYTES);
        } else if (spec instanceof KernelSpec.OfFloats floats) {
            values.addAll(FloatKernelOperands.values(floats));
        } else {
            throw new AssertionError("no operands for " + spec);
        }
        return values;
    }

    private static long bytes(ElementType element, Extent extent) {
        return (long) extent.elements() * element.bytes();
    }

    private static byte[] weights(KernelSpec spec, PackSpec pack) {
        if (pack instanceof PackSpec.FloatTiles tiles) {
            return FloatKernelOperands.weights((FloatKernel.Conv2d) spec, tiles);
        }
        if (pack instanceof PackSpec.PixelFragments fragments) {
            byte[] weights = new byte[((PooledConv2d) spec).steps() * fragments.group() * BYTES_OF_STEP];
            new SplittableRandom(1).nextBytes(weights);
            return weights;
        }
        byte[] weights = new byte[rounded(filters(spec), tileN(pack)) * rounded(k(spec), tileK(pack))];
        new SplittableRandom(1).nextBytes(weights);
        return weights;
    }

    private static int filters(KernelSpec spec) {
        if (spec instanceof KernelSpec.Conv2d conv) {
            return conv.output().pitch();
        } else if (spec instanceof KernelSpec.Depthwise conv) {
            return rounded(conv.output().pitch(), Constants.LANES);
        }
        return spec instanceof KernelSpec.Grouped conv
                ? conv.output().pitch()
                : ((KernelSpec.Dense) spec).output().pitch();
    }

    /** Bytes of a filter. */
    private static int k(KernelSpec spec) {
        if (spec instanceof KernelSpec.Conv2d conv) {
            return conv.k();
        } else if (spec instanceof KernelSpec.Depthwise conv) {
            return conv.window().taps();
        }
        return spec instanceof KernelSpec.Grouped conv
                ? conv.window().taps() * conv.groupIn()
                : ((KernelSpec.Dense) spec).k();
    }

    private static int tileN(PackSpec pack) {
        if (pack instanceof PackSpec.Dp4aTiles tiles) {
            return tiles.tileN();
        }
        if (pack instanceof PackSpec.WgmmaTiles tiles) {
            return tiles.tileN();
        }
        return pack instanceof PackSpec.MmaTiles tiles ? tiles.tileN() : 1;
    }

    private static int tileK(PackSpec pack) {
        if (pack instanceof PackSpec.Dp4aTiles tiles) {
            return tiles.tileK();
        }
        if (pack instanceof PackSpec.WgmmaTiles tiles) {
            return tiles.tileK();
        }
        return pack instanceof PackSpec.MmaTiles tiles ? tiles.tileK() : 1;
    }

    private static int rounded(int count, int multiple) {
        return (count + multiple - 1) / multiple * multiple;
    }

    private static Optional<Constants> constants(KernelSpec spec) {
        if (spec instanceof KernelSpec.Conv2d conv) {
            return Optional.of(epilogue(conv.out(), conv.output(), conv.k()));
        } else if (spec instanceof PooledConv2d pooled) {
            return Optional.of(
                    epilogue(pooled.out(), pooled.middle(), pooled.convolution().k()));
        } else if (spec instanceof KernelSpec.Depthwise conv) {
            return Optional.of(epilogue(conv.out(), conv.output(), k(conv)));
        } else if (spec instanceof KernelSpec.Grouped conv) {
            return Optional.of(epilogue(conv.out(), conv.output(), k(conv)));
        } else if (spec instanceof KernelSpec.Gate) {
            return Optional.of(new Constants.Rescale(.01f, -127, 127));
        } else if (spec instanceof KernelSpec.Lookup) {
            byte[] table = new byte[256];
            new SplittableRandom(3).nextBytes(table);
            return Optional.of(new Constants.ByteTable(table));
        } else if (spec instanceof KernelSpec.AvgPool pool) {
            float[] factors = new float[pool.window().taps() + 1];
            Arrays.fill(factors, 1f / pool.window().taps());
            return Optional.of(new Constants.WindowMean(factors, -127, 127));
        } else if (spec instanceof KernelSpec.Dense dense) {
            return Optional.of(epilogue(dense.out(), dense.output(), dense.k()));
        } else if (spec instanceof KernelSpec.GlobalAvgPool pool) {
            return Optional.of(new Constants.Rescale(1f / pool.input().pixels(), -127, 127));
        } else if (spec instanceof KernelSpec.Add) {
            return Optional.of(new Constants.Sum(.5f, .5f, -127, 127));
        } else if (spec instanceof KernelSpec.Rescale) {
            return Optional.of(new Constants.Rescale(.5f, 0, 255));
        } else if (spec instanceof KernelSpec.Quantize quantize) {
            byte[] table = new byte[quantize.input().channels() * 256];
            new SplittableRandom(2).nextBytes(table);
            return Optional.of(new Constants.PixelTable(table));
        } else if (spec instanceof KernelSpec.QuantizeFloat) {
            return Optional.of(new Constants.QuantizeFloat(100, -127, 127));
        } else if (spec instanceof KernelSpec.Dequantize) {
            return Optional.of(new Constants.Dequantize(.01f));
        } else if (spec instanceof KernelSpec.OfFloats floats) {
            return FloatKernelOperands.constants(floats);
        }
        return Optional.empty();
    }

    /** Results spread over the range of bytes. */
    private static Constants epilogue(ElementType element, Extent output, int k) {
        float[] multipliers = new float[rounded(output.pitch(), Constants.LANES)];
        Arrays.fill(multipliers, (float) (40 / (PRODUCT * Math.sqrt(k))));
        float low = element.isInteger() ? element.min() : Float.NEGATIVE_INFINITY;
        float high = element.isInteger() ? element.max() : Float.POSITIVE_INFINITY;
        return new Constants.Epilogue(multipliers, new float[multipliers.length], low, high, .5f);
    }
}
