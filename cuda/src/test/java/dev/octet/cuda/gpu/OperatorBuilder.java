package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
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
            operands(integer(conv.in(), conv.input(), "x"), conv.residual().map(r -> integer(r, conv.output(), "y")));
            Op op = new Op.Conv2d(
                    "layer", tensor(), Optional.empty(), conv.window(), 1, epilogue(conv.residual(), conv.out()));
            QuantizedLayer layer = layer(
                    conv.output().channels(), conv.window().taps(), conv.input().channels(), conv.k());
            return finish(op, result(conv.out(), conv.output()), Map.of("layer", layer));
        }
        if (spec instanceof KernelSpec.Dense dense) {
            Extent input = new Extent(1, 1, dense.k(), dense.k());
            operands(integer(dense.in(), input, "x"), dense.residual().map(r -> integer(r, dense.output(), "y")));
            Op op = new Op.Dense("layer", tensor(), Optional.empty(), epilogue(dense.residual(), dense.out()));
            QuantizedLayer layer = layer(dense.output().channels(), 1, dense.k(), dense.k());
            return finish(op, result(dense.out(), dense.output()), Map.of("layer", layer));
        }
        return finish(withoutWeights(spec), Map.of());
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
            return new Operator(new Op.Activate(Activation.RELU), integer(rescale.out(), extent, "op"));
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

    private KernelCase.OperatorGraph finish(Operator operator, Map<String, QuantizedLayer> layers) {
        return finish(operator.op(), operator.type(), layers);
    }

    private KernelCase.OperatorGraph finish(Op op, TensorType type, Map<String, QuantizedLayer> layers) {
        List<Port> ports = nodes.stream()
                .map(input ->
                        new Port(input.name(), input.type().shape(), KernelCase.OperatorGraph.format(op, input.type())))
                .toList();
        List<Integer> inputs = nodes.stream().map(Node::id).toList();
        nodes.add(new Node(id, "op", op, inputs, type, Optional.empty()));
        nodes.add(new Node(id + 1, "out", new Op.Output(), List.of(id), type, Optional.empty()));
        Map<String, Float> ranges = Map.of("x", X_RANGE, "y", Y_RANGE, "op", RESULT_RANGE);
        return new KernelCase.OperatorGraph(new Graph(Stage.LAID_OUT, nodes), ports, layers, ranges::get);
    }

    private void operands(TensorType x, Optional<TensorType> y) {
        nodes.add(new Node(0, "x", new Op.Input(), List.of(), x, Optional.empty()));
        y.ifPresent(type -> nodes.add(new Node(1, "y", new Op.Input(), List.of(), type, Optional.empty())));
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
