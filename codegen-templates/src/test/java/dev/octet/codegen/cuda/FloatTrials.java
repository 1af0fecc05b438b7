package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.FloatKernel.Run;
import dev.octet.compiler.kernel.FloatKernel.Value;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.LaunchGeometry;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.weights.PackedWeights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Trials of the kernels that compute in float arithmetic. */
final class FloatTrials {
    private final KernelTrial.Request request;
    private final Operands random;
    private final int batch;

    private FloatTrials(KernelTrial.Request request) {
        this.request = request;
        this.random = request.operands();
        this.batch = request.batch();
    }

    static KernelTrial of(KernelTrial.Request request, KernelSpec.OfFloats spec) {
        FloatTrials trials = new FloatTrials(request);
        if (spec instanceof FloatKernel.Conv2d conv) {
            return trials.conv2d(conv);
        } else if (spec instanceof FloatKernel.Pointwise pointwise) {
            return trials.pointwise(pointwise);
        } else if (spec instanceof FloatKernel.Pool pool) {
            return trials.pool(pool);
        } else if (spec instanceof FloatKernel.Mean mean) {
            return trials.mean(mean);
        } else if (spec instanceof FloatKernel.Arrange arrange) {
            return trials.arrange(arrange);
        } else if (spec instanceof FloatKernel.Export export) {
            return trials.export(export);
        } else if (spec instanceof FloatKernel.Pixels pixels) {
            return trials.pixels(pixels);
        }
        throw new IllegalArgumentException("no trial for " + spec);
    }

    /** Computes one number of a result. */
    @FunctionalInterface
    private interface Numbers {
        float at(int image, int row, int column, int channel);
    }

    /** A random operand in memory. */
    private final class Operand {
        private final Value value;
        private final float scale;
        private final ByteBuffer memory;

        Operand(Value value) {
            this.value = value;
            Extent extent = value.extent();
            if (value.isInteger()) {
                scale = random.number(.001, .05);
                memory = ByteBuffer.wrap(random.activations(value.element(), extent, batch));
                return;
            }
            scale = 1;
            memory = Operands.zeros(batch * extent.elements() * Float.BYTES);
            for (int i = 0; i < batch * extent.elements(); i++) {
                boolean channel = i % extent.pitch() < extent.channels();
                memory.putFloat(i * Float.BYTES, channel ? number() : 0);
            }
        }

        /** Of all sizes, zero and large ones among them. */
        private float number() {
            return switch (random.limit(0, random.limit(1, random.limit(2, 3)))) {
                case 0 -> random.number(-1, 1);
                case 1 -> random.number(-9, 9);
                case 2 -> random.number(-120, 120);
                default -> 0;
            };
        }

        float at(int image, int row, int column, int channel) {
            Extent e = value.extent();
            int index = ((image * e.height() + row) * e.width() + column) * e.pitch() + channel;
            return value.isInteger()
                    ? Operands.value(value.element(), memory.get(index)) * scale
                    : memory.getFloat(index * Float.BYTES);
        }
    }

    private List<Operand> operands(FloatKernel spec) {
        List<Operand> operands = new ArrayList<>();
        spec.operands().forEach(value -> operands.add(new Operand(value)));
        return operands;
    }

    /** A trial of numbers that are written by themselves or rounded. */
    private KernelTrial trial(FloatKernel spec, List<Operand> operands, List<byte[]> weights, Numbers numbers) {
        Value out = spec.output();
        Constants.FloatBorder border = border(out.element(), operands);
        Extent e = out.extent();
        ByteBuffer expected =
                Operands.zeros(batch * e.elements() * out.element().bytes());
        for (int i = 0; i < batch * e.elements(); i++) {
            int channel = i % e.pitch();
            int pixel = i / e.pitch();
            if (channel < e.channels()) {
                float number =
                        numbers.at(pixel / e.pixels(), pixel % e.pixels() / e.width(), pixel % e.width(), channel);
                float steps = Math.min(Math.max(number * border.inverse(), border.lo()), border.hi());
                Operands.put(expected, out.element(), i, out.isInteger() ? steps : number);
            }
        }
        List<byte[]> buffers = new ArrayList<>();
        operands.forEach(operand -> buffers.add(operand.memory.array()));
        buffers.add(Operands.garbage(expected.capacity()));
        buffers.addAll(weights);
        if (spec.hasIntegers()) {
            buffers.add(border.segment());
        }
        return request.trial(buffers, operands.size(), expected);
    }

    private Constants.FloatBorder border(ElementType out, List<Operand> operands) {
        float[] scales = new float[operands.size()];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = operands.get(i).scale;
        }
        return out.isInteger()
                ? new Constants.FloatBorder(scales, random.number(3, 30), out.min(), out.max())
                : new Constants.FloatBorder(scales, 1, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
    }

    private KernelTrial conv2d(FloatKernel.Conv2d spec) {
        int out = spec.output().extent().channels();
        int in = spec.groupChannels();
        int taps = spec.window().taps();
        FloatLayer layer = new FloatLayer(
                "layer", out, taps, in, numbers(out * taps * in, 1 / Math.sqrt(taps * in)), numbers(out, 2));
        List<Operand> operands = operands(spec);
        Extent input = spec.input().extent();
        ChannelMap map = new ChannelMap(input.pitch(), List.of(new ChannelMap.Segment(0, 0, input.channels())));
        byte[] packed = PackedWeights.pack(
                layer,
                map,
                LaunchGeometry.packing(request.spec(), request.schedule()).orElseThrow());
        return trial(spec, operands, List.of(packed), (image, p, q, channel) -> {
            int first = channel / (out / spec.groups()) * in;
            Numbers x = (n, row, column, c) -> operands.get(0).at(n, row, column, first + c);
            float value =
                    convolve(spec.window(), input, layer, x, new int[] {image, p, q, channel}) + layer.bias()[channel];
            if (spec.residual().isPresent()) {
                value += operands.get(1).at(image, p, q, channel);
            }
            return spec.activation().of(value);
        });
    }

    private static float convolve(Window w, Extent in, FloatLayer layer, Numbers x, int[] at) {
        float sum = 0;
        for (int i = 0; i < w.kernelH(); i++) {
            for (int j = 0; j < w.kernelW(); j++) {
                int row = at[1] * w.strideH() - w.top() + i * w.dilationH();
                int column = at[2] * w.strideW() - w.left() + j * w.dilationW();
                if (row < 0 || row >= in.height() || column < 0 || column >= in.width()) {
                    continue;
                }
                int weight = (at[3] * layer.taps() + i * w.kernelW() + j) * layer.in();
                for (int c = 0; c < layer.in(); c++) {
                    sum = Math.fma(x.at(at[0], row, column, c), layer.weights()[weight + c], sum);
                }
            }
        }
        return sum;
    }

    private float[] numbers(int count, double most) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.number(-most, most);
        }
        return numbers;
    }

    private KernelTrial pointwise(FloatKernel.Pointwise spec) {
        List<Operand> operands = operands(spec);
        Operand x = operands.get(0);
        return trial(spec, operands, List.of(), (image, row, column, c) -> {
            float value = x.at(image, row, column, c);
            return spec.activation()
                    .of(
                            switch (spec.kind()) {
                                case ACTIVATE -> value;
                                case ADD -> value + operands.get(1).at(image, row, column, c);
                                case GATE -> value * operands.get(1).at(image, 0, 0, c);
                            });
        });
    }

    private KernelTrial pool(FloatKernel.Pool spec) {
        List<Operand> operands = operands(spec);
        Extent in = spec.input().extent();
        Window w = spec.window();
        return trial(spec, operands, List.of(), (image, p, q, c) -> {
            boolean mean = spec.counted().isPresent();
            float value = mean ? 0 : Float.NEGATIVE_INFINITY;
            int counted = 0;
            for (int row = p * w.strideH() - w.top(); row < p * w.strideH() - w.top() + w.kernelH(); row++) {
                for (int col = q * w.strideW() - w.left(); col < q * w.strideW() - w.left() + w.kernelW(); col++) {
                    counted += mean && counts(spec.counted().get(), in, row, col) ? 1 : 0;
                    if (row >= 0 && row < in.height() && col >= 0 && col < in.width()) {
                        float x = operands.get(0).at(image, row, col, c);
                        value = mean ? value + x : Math.max(value, x);
                    }
                }
            }
            return mean ? value * (float) (1.0 / counted) : value;
        });
    }

    private static boolean counts(Border counted, Extent in, int row, int column) {
        return row >= -counted.top()
                && row < in.height() + counted.bottom()
                && column >= -counted.left()
                && column < in.width() + counted.right();
    }

    private KernelTrial mean(FloatKernel.Mean spec) {
        List<Operand> operands = operands(spec);
        Extent in = spec.input().extent();
        return trial(spec, operands, List.of(), (image, row, column, c) -> {
            float sum = 0;
            for (int pixel = 0; pixel < in.pixels(); pixel++) {
                sum += operands.get(0).at(image, pixel / in.width(), pixel % in.width(), c);
            }
            return sum * (float) (1.0 / in.pixels());
        });
    }

    private KernelTrial arrange(FloatKernel.Arrange spec) {
        List<Operand> operands = operands(spec);
        return trial(spec, operands, List.of(), (image, row, column, c) -> {
            float value = 0;
            for (Run run : spec.runs()) {
                if (c >= run.to() && c < run.to() + run.count()) {
                    value = operands.get(run.operand())
                            .at(image, row / spec.rows(), column / spec.columns(), run.from() + c - run.to());
                }
            }
            return value;
        });
    }

    private KernelTrial export(FloatKernel.Export spec) {
        Extent in = spec.input();
        Operand x = new Operand(new Value(ElementType.F32, in));
        ByteBuffer expected = Operands.zeros(batch * in.pixels() * in.channels() * Float.BYTES);
        for (int i = 0; i < expected.capacity() / Float.BYTES; i++) {
            int image = i / (in.channels() * in.pixels());
            int channel = i / in.pixels() % in.channels();
            int pixel = i % in.pixels();
            expected.putFloat(i * Float.BYTES, x.at(image, pixel / in.width(), pixel % in.width(), channel));
        }
        return request.trial(List.of(x.memory.array(), Operands.garbage(expected.capacity())), 1, expected);
    }

    private KernelTrial pixels(FloatKernel.Pixels spec) {
        Extent out = spec.output();
        byte[] raw = random.bytes(batch * out.pixels() * out.channels());
        Constants.FloatPixels table = new Constants.FloatPixels(numbers(out.channels() * 256, 3));
        ByteBuffer expected = Operands.zeros(batch * out.elements() * Float.BYTES);
        for (int i = 0; i < raw.length; i++) {
            int channel = i % out.channels();
            float number = table.table()[channel * 256 + Byte.toUnsignedInt(raw[i])];
            expected.putFloat((i / out.channels() * out.pitch() + channel) * Float.BYTES, number);
        }
        return request.trial(List.of(raw, Operands.garbage(expected.capacity()), table.segment()), 1, expected);
    }
}
