package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.FloatKernel.Value;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.quant.FloatLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The operator that a specification of a kernel on floats describes.
 *
 * @param op operator
 * @param marked whether it stays in FP32, and is not the border between floats and something else
 * @param operands types of the operands
 * @param result type of the result
 * @param layers its weights, if it has some
 */
record FloatOperator(
        Op op, boolean marked, List<TensorType> operands, TensorType result, Map<String, FloatLayer> layers) {
    /** Calibration keys of the operands, and of the result. */
    private static final List<String> KEYS = List.of("x", "y");

    private static final String RESULT = "op";

    static FloatOperator of(KernelSpec.OfFloats spec, SplittableRandom random) {
        if (spec instanceof FloatKernel.Conv2d conv) {
            Constant weight = new Constant.Tensor("layer.weight", List.of(1));
            Epilogue epilogue = new Epilogue(conv.residual().isPresent(), conv.activation());
            Op op = new Op.Conv2d("layer", weight, Optional.empty(), conv.window(), conv.groups(), epilogue);
            return marked(op, conv, Map.of("layer", layer(conv, random)));
        } else if (spec instanceof FloatKernel.Pointwise pointwise) {
            return pointwise(pointwise);
        } else if (spec instanceof FloatKernel.Pool pool) {
            Op op = pool.counted()
                    .<Op>map(counted -> new Op.AvgPool(pool.window(), counted))
                    .orElse(new Op.MaxPool(pool.window()));
            return marked(op, pool, Map.of());
        } else if (spec instanceof FloatKernel.Mean mean) {
            return marked(new Op.GlobalAvgPool(), mean, Map.of());
        } else if (spec instanceof FloatKernel.Arrange arrange) {
            return marked(arrange(arrange), arrange, Map.of());
        } else if (spec instanceof FloatKernel.Export export) {
            TensorType result = TensorType.f32(shape(export.input()))
                    .withStorage(ChannelMap.dense(export.input().channels()));
            return new FloatOperator(new Op.Dequantize(), false, List.of(floats(export.input())), result, Map.of());
        } else if (spec instanceof FloatKernel.Pixels pixels) {
            TensorType bytes = TensorType.pixels(shape(pixels.input())).withStorage(map(pixels.input()));
            return new FloatOperator(new Op.Quantize(), false, List.of(bytes), floats(pixels.output()), Map.of());
        }
        throw new AssertionError("no graph for " + spec);
    }

    private static FloatOperator marked(Op op, FloatKernel spec, Map<String, FloatLayer> layers) {
        return new FloatOperator(op, true, operands(spec), type(spec.output(), RESULT), layers);
    }

    /** What changes nothing but the type has no arithmetic that could stay in FP32. */
    private static FloatOperator pointwise(FloatKernel.Pointwise spec) {
        boolean changesType = spec.kind() == FloatKernel.Lanewise.ACTIVATE
                && spec.activation().equals(Activation.NONE);
        Op op = switch (spec.kind()) {
            case ACTIVATE -> changesType ? new Op.Requantize() : new Op.Activate(spec.activation());
            case ADD -> new Op.Add(spec.activation());
            case GATE -> new Op.Gate();
        };
        return new FloatOperator(op, !changesType, operands(spec), type(spec.output(), RESULT), Map.of());
    }

    /** A concatenation of whole operands, or a choice of channels, a padding or an enlargement of one. */
    private static Op arrange(FloatKernel.Arrange spec) {
        if (spec.operands().size() > 1) {
            return new Op.Concat(spec.operands().size());
        } else if (spec.rows() * spec.columns() > 1) {
            return new Op.Upsample(spec.rows(), spec.columns());
        }
        FloatKernel.Run run = spec.runs().get(0);
        int after = spec.output().extent().channels() - run.to() - run.count();
        return run.count() < spec.operands().get(0).extent().channels()
                ? new Op.SliceChannels(run.from(), run.count())
                : new Op.PadChannels(run.to(), after);
    }

    /** Sums of about the size of an operand's elements, whatever their number. */
    private static FloatLayer layer(FloatKernel.Conv2d spec, SplittableRandom random) {
        int out = spec.output().extent().channels();
        int taps = spec.window().taps();
        int in = spec.groupChannels();
        float[] weights = new float[out * taps * in];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextDouble(-1.5, 1.5) / Math.sqrt(taps * in));
        }
        float[] bias = new float[out];
        for (int c = 0; c < out; c++) {
            bias[c] = (float) random.nextDouble(-1, 1);
        }
        return new FloatLayer("layer", out, taps, in, weights, bias);
    }

    private static List<TensorType> operands(FloatKernel spec) {
        List<TensorType> types = new ArrayList<>();
        for (Value operand : spec.operands()) {
            types.add(type(operand, KEYS.get(types.size() % KEYS.size())));
        }
        return types;
    }

    private static TensorType type(Value value, String key) {
        ElementType element = value.element();
        return element.isInteger()
                ? TensorType.quantized(element, shape(value.extent()), key).withStorage(map(value.extent()))
                : floats(value.extent());
    }

    private static TensorType floats(Extent extent) {
        return TensorType.f32(shape(extent)).withStorage(map(extent));
    }

    private static Shape shape(Extent extent) {
        return Shape.of(extent.channels(), extent.height(), extent.width());
    }

    private static ChannelMap map(Extent extent) {
        return new ChannelMap(extent.pitch(), List.of(new ChannelMap.Segment(0, 0, extent.channels())));
    }
}
