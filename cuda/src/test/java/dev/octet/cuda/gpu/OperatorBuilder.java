package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.QuantizedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Builds the graph of the one operator that a specification describes. */
final class OperatorBuilder {
    private static final float X_RANGE = 1.7f;
    private static final float Y_RANGE = 0.9f;
    private static final float RESULT_RANGE = 2.3f;
    /** About the standard deviation of a product of a random weight and a random activation. */
    private static final double PRODUCT = 8000;

    private final int id;
    private final SplittableRandom random;
    private final List<Node> nodes = new ArrayList<>();

    OperatorBuilder(int id, SplittableRandom random) {
        this.id = id;
        this.random = random;
    }

    KernelCase.OperatorGraph build(KernelSpec spec) {
        if (spec instanceof KernelSpec.Conv2d conv) {
            Convolution all = new Convolution(conv.input(), conv.output(), conv.window(), 1, conv.residual());
            return finish(conv.in(), conv.out(), all);
        } else if (spec instanceof KernelSpec.Depthwise conv) {
            int groups = conv.input().channels();
            Convolution all = new Convolution(conv.input(), conv.output(), conv.window(), groups, conv.residual());
            return finish(conv.in(), conv.out(), all);
        } else if (spec instanceof KernelSpec.Grouped conv) {
            Convolution all =
                    new Convolution(conv.input(), conv.output(), conv.window(), conv.groups(), conv.residual());
            return finish(conv.in(), conv.out(), all);
        }
        if (spec instanceof PooledConv2d pooled) {
            return pooled(pooled);
        }
        if (spec instanceof KernelSpec.Dense dense) {
            Extent input = new Extent(1, 1, dense.k(), dense.k());
            operands(integer(dense.in(), input, "x"), dense.residual().map(r -> integer(r, dense.output(), "y")));
            Op op = new Op.Dense("layer", tensor(), Optional.empty(), epilogue(dense.residual(), dense.out()));
            QuantizedLayer layer = layer(dense.output().channels(), 1, dense.k(), dense.k());
            return finish(op, result(dense.out(), dense.output()), Map.of("layer", layer));
        }
        if (spec instanceof KernelSpec.OfFloats floats) {
            FloatOperator operator = FloatOperator.of(floats, random);
            operator.operands().forEach(this::operand);
            return finish(operator.op(), operator.result(), operator.marked(), Map.of(), operator.layers());
        }
        return finish(withoutWeights(spec), Map.of());
    }

    /** What convolutions of all kinds have, but for types. */
    private record Convolution(
            Extent input, Extent output, Window window, int groups, Optional<ElementType> residual) {}

    private KernelCase.OperatorGraph finish(ElementType in, ElementType out, Convolution conv) {
        operands(integer(in, conv.input(), "x"), conv.residual().map(r -> integer(r, conv.output(), "y")));
        Op op = new Op.Conv2d(
                "layer", tensor(), Optional.empty(), conv.window(), conv.groups(), epilogue(conv.residual(), out));
        int channels = conv.input().channels() / conv.groups();
        int taps = conv.window().taps();
        QuantizedLayer layer = layer(conv.output().channels(), taps, channels, taps * channels);
        return finish(op, result(out, conv.output()), Map.of("layer", layer));
    }

    /** Two operators, whose first has the number before the other's. */
    private KernelCase.OperatorGraph pooled(PooledConv2d spec) {
        operands(integer(spec.in(), spec.input(), "x"), Optional.empty());
        Op conv = new Op.Conv2d(
                "layer", tensor(), Optional.empty(), spec.window(), 1, epilogue(Optional.empty(), spec.out()));
        TensorType middle = integer(spec.out(), spec.middle(), "op");
        nodes.add(new Node(id - 1, "conv", conv, List.of(0), middle, Optional.empty()));
        int channels = spec.input().channels();
        int taps = spec.window().taps();
        QuantizedLayer layer = layer(spec.middle().channels(), taps, channels, taps * channels);
        Op pool = new Op.MaxPool(spec.pool());
        return finish(
                pool,
                List.of(id - 1),
                integer(spec.out(), spec.output(), "op"),
                false,
                Map.of("layer", layer),
                Map.of());
    }

    private record Operator(Op op, TensorType type) {}

    private Operator withoutWeights(KernelSpec spec) {
        if (spec instanceof KernelSpec.MaxPool pool) {
            operands(integer(pool.element(), pool.input(), "x"), Optional.empty());
            return new Operator(new Op.MaxPool(pool.window()), integer(pool.element(), pool.output(), "x"));
        } else if (spec instanceof KernelSpec.GlobalAvgPool pool) {
            operands(integer(pool.in(), pool.input(), "x"), Optional.empty());
            Extent output =
                    new Extent(1, 1, pool.input().channels(), pool.input().pitch());
            return new Operator(new Op.GlobalAvgPool(), integer(pool.out(), output, "op"));
        } else if (spec instanceof KernelSpec.Add add) {
            Extent extent = lanes(add.elements());
            operands(integer(add.x(), extent, "x"), Optional.of(integer(add.y(), extent, "y")));
            return new Operator(new Op.Add(activation(add.out())), integer(add.out(), extent, "op"));
        } else if (spec instanceof KernelSpec.Rescale rescale) {
            Extent extent = lanes(rescale.elements());
            operands(integer(rescale.in(), extent, "x"), Optional.empty());
            Op op = rescale.out() == ElementType.U8 ? new Op.Activate(Activation.RELU) : new Op.Requantize();
            return new Operator(op, integer(rescale.out(), extent, "op"));
        } else if (spec instanceof KernelSpec.Gate gate) {
            operands(
                    integer(gate.x(), gate.extent(), "x"),
                    Optional.of(integer(gate.gate(), pixel(gate.extent()), "y")));
            return new Operator(new Op.Gate(), integer(gate.out(), gate.extent(), "op"));
        } else if (spec instanceof KernelSpec.Lookup lookup) {
            return lookup(lookup.extent());
        } else if (spec instanceof KernelSpec.AvgPool pool) {
            operands(integer(pool.in(), pool.input(), "x"), Optional.empty());
            return new Operator(
                    new Op.AvgPool(pool.window(), pool.counted()), integer(pool.out(), pool.output(), "op"));
        } else if (spec instanceof KernelSpec.Upsample upsample) {
            return upsample(upsample);
        } else if (spec instanceof MoveChannels move) {
            return move(move);
        } else if (spec instanceof KernelSpec.Quantize quantize) {
            TensorType pixels = TensorType.pixels(shape(quantize.input())).withStorage(map(quantize.input()));
            operands(pixels, Optional.empty());
            return new Operator(new Op.Quantize(), integer(ElementType.S8, quantize.output(), "op"));
        } else if (spec instanceof KernelSpec.QuantizeFloat quantize) {
            operands(result(ElementType.F32, quantize.input()), Optional.empty());
            return new Operator(new Op.Quantize(), integer(ElementType.S8, quantize.output(), "op"));
        } else if (spec instanceof KernelSpec.Dequantize dequantize) {
            operands(integer(dequantize.in(), dequantize.input(), "x"), Optional.empty());
            return new Operator(new Op.Dequantize(), result(ElementType.F32, dequantize.input()));
        }
        throw new AssertionError("no graph for " + spec);
    }

    /** A function that is not zero at zero, or one with results of both signs. */
    private Operator lookup(Extent extent) {
        boolean sigmoid = random.nextBoolean();
        Activation function = new Activation(sigmoid ? Activation.Kind.SIGMOID : Activation.Kind.HARD_SWISH, 0);
        operands(integer(random.nextBoolean() ? ElementType.S8 : ElementType.U8, extent, "x"), Optional.empty());
        return new Operator(
                new Op.Activate(function), integer(sigmoid ? ElementType.U8 : ElementType.S8, extent, "op"));
    }

    private Operator upsample(KernelSpec.Upsample spec) {
        Extent input = spec.input();
        Extent output = new Extent(
                input.height() * spec.rows(), input.width() * spec.columns(), input.channels(), input.pitch());
        operands(integer(ElementType.S8, input, "x"), Optional.empty());
        return new Operator(new Op.Upsample(spec.rows(), spec.columns()), integer(ElementType.S8, output, "x"));
    }

    /** A concatenation of whole operands, or a choice of channels or padding of one. */
    private Operator move(MoveChannels spec) {
        for (MoveChannels.Run run : spec.runs()) {
            operand(integer(ElementType.U8, new Extent(spec.pixels(), 1, run.channels(), run.pitch()), "x"));
        }
        TensorType type = integer(ElementType.U8, new Extent(spec.pixels(), 1, spec.channels(), spec.pitch()), "x");
        MoveChannels.Run first = spec.runs().get(0);
        if (spec.runs().size() > 1) {
            return new Operator(new Op.Concat(spec.runs().size()), type);
        }
        return new Operator(
                first.count() < first.channels()
                        ? new Op.SliceChannels(first.from(), first.count())
                        : new Op.PadChannels(first.to(), spec.channels() - first.to() - first.count()),
                type);
    }

    private KernelCase.OperatorGraph finish(Operator operator, Map<String, QuantizedLayer> layers) {
        return finish(operator.op(), operator.type(), layers);
    }

    private KernelCase.OperatorGraph finish(Op op, TensorType type, Map<String, QuantizedLayer> layers) {
        return finish(op, type, false, layers, Map.of());
    }

    private KernelCase.OperatorGraph finish(
            Op op, TensorType type, boolean fp32, Map<String, QuantizedLayer> layers, Map<String, FloatLayer> floats) {
        List<Integer> inputs = nodes.stream().map(Node::id).toList();
        return finish(op, inputs, type, fp32, layers, floats);
    }

    private KernelCase.OperatorGraph finish(
            Op op,
            List<Integer> inputs,
            TensorType type,
            boolean fp32,
            Map<String, QuantizedLayer> layers,
            Map<String, FloatLayer> floats) {
        List<Port> ports = nodes.stream()
                .filter(node -> node.op() instanceof Op.Input)
                .map(input ->
                        new Port(input.name(), input.type().shape(), KernelCase.OperatorGraph.format(op, input.type())))
                .toList();
        nodes.add(new Node(id, "op", op, inputs, type, Optional.empty(), fp32));
        nodes.add(new Node(id + 1, "out", new Op.Output(), List.of(id), type, Optional.empty()));
        Map<String, Float> ranges = Map.of("x", X_RANGE, "y", Y_RANGE, "op", RESULT_RANGE);
        return new KernelCase.OperatorGraph(new Graph(Stage.LAID_OUT, nodes), ports, layers, floats, ranges::get);
    }

    private void operands(TensorType x, Optional<TensorType> y) {
        operand(x);
        y.ifPresent(this::operand);
    }

    /** An input; the first two are {@code x} and {@code y}. */
    private void operand(TensorType type) {
        int number = nodes.size();
        String name = number < 2 ? List.of("x", "y").get(number) : "z" + number;
        nodes.add(new Node(number, name, new Op.Input(), List.of(), type, Optional.empty()));
    }

    private static Extent pixel(Extent extent) {
        return new Extent(1, 1, extent.channels(), extent.pitch());
    }

    /** Results that fill the range of bytes: some are cut off, most are not. One layer in four has extreme weights only. */
    private QuantizedLayer layer(int out, int taps, int in, int k) {
        byte[] weights = new byte[out * taps * in];
        boolean extreme = random.nextInt(4) == 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (extreme ? random.nextBoolean() ? 127 : -127 : random.nextInt(-127, 128));
        }
        float[] scale = new float[out];
        float[] bias = new float[out];
        for (int c = 0; c < out; c++) {
            double spread = RESULT_RANGE / (X_RANGE / 255 * PRODUCT * Math.sqrt(k));
            scale[c] = (float) (spread * random.nextDouble(0.2, 1.2));
            bias[c] = (float) random.nextDouble(-RESULT_RANGE / 2, RESULT_RANGE / 2);
        }
        return new QuantizedLayer("layer", out, taps, in, weights, scale, bias);
    }

    private static Constant tensor() {
        return new Constant.Tensor("layer.weight", List.of(1));
    }

    private static Epilogue epilogue(Optional<ElementType> residual, ElementType out) {
        return new Epilogue(residual.isPresent(), activation(out));
    }

    /** Only an activation makes unsigned results. */
    private static Activation activation(ElementType out) {
        return out == ElementType.U8 ? Activation.RELU : Activation.NONE;
    }

    private static TensorType integer(ElementType element, Extent extent, String key) {
        return TensorType.quantized(element, shape(extent), key).withStorage(map(extent));
    }

    private static TensorType result(ElementType element, Extent extent) {
        return element.isInteger()
                ? integer(element, extent, "op")
                : TensorType.f32(shape(extent)).withStorage(ChannelMap.dense(extent.channels()));
    }

    private static Extent lanes(int elements) {
        return new Extent(1, elements / ChannelMap.ALIGNMENT, ChannelMap.ALIGNMENT, ChannelMap.ALIGNMENT);
    }

    private static Shape shape(Extent extent) {
        return Shape.of(extent.channels(), extent.height(), extent.width());
    }

    private static ChannelMap map(Extent extent) {
        return new ChannelMap(extent.pitch(), List.of(new ChannelMap.Segment(0, 0, extent.channels())));
    }
}
