package dev.octet.compiler.interp;

import dev.octet.plan.extension.OperatorExtension;
import dev.octet.plan.extension.OperatorExtension.Element;
import dev.octet.plan.extension.OperatorExtensions;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.graph.Window;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.quant.Softmax;
import java.util.List;
import java.util.function.Function;

/** Evaluates one node of a quantised graph, by the arithmetic contract and with the node's load-time constants. */
final class IntegerArithmetic implements OpVisitor<Tensor> {
    private final Function<String, QuantizedLayer> layers;
    private final Constants constants;
    private final TensorType type;
    private final Shape out;
    private final List<Tensor> operands;

    IntegerArithmetic(Function<String, QuantizedLayer> layers, Constants constants, Node node, List<Tensor> operands) {
        this.layers = layers;
        this.constants = constants;
        this.type = node.type();
        this.out = type.shape();
        this.operands = operands;
    }

    private ByteTensor x() {
        return (ByteTensor) operands.get(0);
    }

    private ByteTensor y() {
        return (ByteTensor) operands.get(1);
    }

    /** Rounds to the result's type: to an integer, half to even, or not at all. */
    private Tensor round(Elements elements) {
        if (type.element() == ElementType.F32) {
            float[] values = new float[out.elements()];
            forEach((i, c, row, column) -> values[i] = elements.at(c, row, column));
            return new FloatTensor(out, values);
        }
        int[] values = new int[out.elements()];
        forEach((i, c, row, column) -> values[i] = (int) Math.rint(elements.at(c, row, column)));
        return new ByteTensor(out, values);
    }

    private Tensor exact(Integers integers) {
        int[] values = new int[out.elements()];
        forEach((i, c, row, column) -> values[i] = integers.at(c, row, column));
        return new ByteTensor(out, values);
    }

    private void forEach(Position position) {
        for (int i = 0; i < out.elements(); i++) {
            int pixel = i % out.pixels();
            position.at(i, i / out.pixels(), pixel / out.width(), pixel % out.width());
        }
    }

    private static float clamp(float value, float lo, float hi) {
        return Math.min(Math.max(value, lo), hi);
    }

    @Override
    public Tensor conv2d(Op.Conv2d op) {
        return layer(layers.apply(op.layer()), op.window(), op.groups(), op.epilogue());
    }

    @Override
    public Tensor dense(Op.Dense op) {
        return layer(layers.apply(op.layer()), Taps.whole(x().shape()), 1, op.epilogue());
    }

    private Tensor layer(QuantizedLayer layer, Window window, int groups, Epilogue epilogue) {
        Constants.Epilogue by = (Constants.Epilogue) constants;
        return round((channel, row, column) -> {
            int acc = accumulate(layer, window, groups, channel, row, column);
            float value = Math.fma((float) acc, by.m()[channel], by.b()[channel]);
            if (epilogue.residual()) {
                value = Math.fma((float) y().at(channel, row, column), by.r(), value);
            }
            return clamp(value, by.lo(), by.hi());
        });
    }

    /** The exact sum; throws {@link ArithmeticException} where 32 bits do not hold it, which packing rules out. */
    private int accumulate(QuantizedLayer layer, Window window, int groups, int channel, int row, int column) {
        int[] acc = new int[1];
        int first = Taps.firstInput(channel, layer.out(), groups, layer.in());
        Taps.walk(window, x().shape(), row, column, (tap, yy, xx) -> {
            int weight = (channel * layer.taps() + tap) * layer.in();
            for (int c = 0; c < layer.in(); c++) {
                acc[0] = Math.addExact(acc[0], x().at(first + c, yy, xx) * layer.weights()[weight + c]);
            }
        });
        return acc[0];
    }

    @Override
    public Tensor activate(Op.Activate op) {
        return op.activation().isLimit()
                ? rescale((c, row, column) -> x().at(c, row, column))
                : lookUp(((Constants.ByteTable) constants).table());
    }

    private Tensor rescale(Integers integers) {
        Constants.Rescale by = (Constants.Rescale) constants;
        return round((c, row, column) -> clamp(integers.at(c, row, column) * by.factor(), by.lo(), by.hi()));
    }

    private Tensor lookUp(byte[] table) {
        boolean signed = type.element() == ElementType.S8;
        return exact((c, row, column) -> {
            byte value = table[x().at(c, row, column) & 255];
            return signed ? value : Byte.toUnsignedInt(value);
        });
    }

    @Override
    public Tensor gate(Op.Gate op) {
        return rescale((c, row, column) -> x().at(c, row, column) * y().values()[c]);
    }

    @Override
    public Tensor requantize(Op.Requantize op) {
        if (operands.get(0) instanceof FloatTensor floats) {
            Constants.Rescale by = (Constants.Rescale) constants;
            return round((c, row, column) -> clamp(floats.at(c, row, column) * by.factor(), by.lo(), by.hi()));
        }
        return rescale((c, row, column) -> x().at(c, row, column));
    }

    @Override
    public Tensor concat(Op.Concat op) {
        int[] values = new int[out.elements()];
        int at = 0;
        for (Tensor operand : operands) {
            int[] some = ((ByteTensor) operand).values();
            System.arraycopy(some, 0, values, at, some.length);
            at += some.length;
        }
        return new ByteTensor(out, values);
    }

    @Override
    public Tensor sliceChannels(Op.SliceChannels op) {
        return exact((c, row, column) -> x().at(op.first() + c, row, column));
    }

    @Override
    public Tensor padChannels(Op.PadChannels op) {
        return exact((c, row, column) ->
                Taps.isOperand(c - op.before(), x().shape()) ? x().at(c - op.before(), row, column) : 0);
    }

    @Override
    public Tensor upsample(Op.Upsample op) {
        return exact((c, row, column) -> x().at(c, row / op.rows(), column / op.columns()));
    }

    @Override
    public Tensor extension(Op.Extension op) {
        OperatorExtension extension = OperatorExtensions.find(op.operator());
        Constants.Extension by = (Constants.Extension) constants;
        List<OperatorExtension.Operand> bytes =
                operands.stream().map(x -> ((ByteTensor) x).operand()).toList();
        return round((c, row, column) -> {
            float value = extension.element(new Element(c, row, column), bytes, by.values(), op.attributes());
            return clamp(value, by.lo(), by.hi());
        });
    }

    @Override
    public Tensor avgPool(Op.AvgPool op) {
        Constants.WindowMean by = (Constants.WindowMean) constants;
        return round((c, row, column) -> {
            int[] sum = new int[1];
            Taps.walk(
                    op.window(),
                    x().shape(),
                    row,
                    column,
                    (tap, yy, xx) -> sum[0] = Math.addExact(sum[0], x().at(c, yy, xx)));
            return clamp(sum[0] * by.factor()[op.count(x().shape(), row, column)], by.lo(), by.hi());
        });
    }

    @Override
    public Tensor softmax(Op.Softmax op) {
        float[] values = ((FloatTensor) operands.get(0)).values().clone();
        Softmax.apply(values, out.channels(), out.pixels());
        return new FloatTensor(out, values);
    }

    @Override
    public Tensor add(Op.Add op) {
        Constants.Sum by = (Constants.Sum) constants;
        return round((c, row, column) -> {
            float second = y().at(c, row, column) * by.ry();
            return clamp(Math.fma((float) x().at(c, row, column), by.rx(), second), by.lo(), by.hi());
        });
    }

    @Override
    public Tensor maxPool(Op.MaxPool op) {
        return exact((c, row, column) -> {
            int[] max = {Integer.MIN_VALUE};
            Taps.walk(
                    op.window(), x().shape(), row, column, (tap, y, xx) -> max[0] = Math.max(max[0], x().at(c, y, xx)));
            return max[0];
        });
    }

    @Override
    public Tensor globalAvgPool(Op.GlobalAvgPool op) {
        return rescale((c, row, column) -> {
            int[] sum = new int[1];
            Taps.walk(
                    Taps.whole(x().shape()),
                    x().shape(),
                    0,
                    0,
                    (tap, y, xx) -> sum[0] = Math.addExact(sum[0], x().at(c, y, xx)));
            return sum[0];
        });
    }

    @Override
    public Tensor quantize(Op.Quantize op) {
        if (constants instanceof Constants.QuantizeFloat by) {
            FloatTensor x = (FloatTensor) operands.get(0);
            return round((c, row, column) -> {
                float scaled = x.at(c, row, column) * by.inverse();
                return Float.isNaN(scaled) ? 0 : clamp(scaled, by.lo(), by.hi());
            });
        }
        if (constants instanceof Constants.FloatPixels pixels) {
            return round((c, row, column) -> pixels.table()[c * 256 + x().at(c, row, column)]);
        }
        byte[] table = ((Constants.PixelTable) constants).table();
        boolean signed = type.element() == ElementType.S8;
        return exact((c, row, column) -> {
            byte value = table[c * 256 + x().at(c, row, column)];
            return signed ? value : Byte.toUnsignedInt(value);
        });
    }

    @Override
    public Tensor dequantize(Op.Dequantize op) {
        if (operands.get(0) instanceof FloatTensor floats) {
            return new FloatTensor(out, floats.values());
        }
        float scale = ((Constants.Dequantize) constants).scale();
        return round((c, row, column) -> x().at(c, row, column) * scale);
    }

    @Override
    public Tensor output(Op.Output op) {
        return new FloatTensor(out, ((FloatTensor) operands.get(0)).values());
    }

    @Override
    public Tensor input(Op.Input op) {
        throw new IllegalArgumentException("an input has no operands to compute from");
    }

    @Override
    public Tensor batchNorm(Op.BatchNorm op) {
        throw new IllegalArgumentException("a quantised graph has no batch norm");
    }

    @Override
    public Tensor flatten(Op.Flatten op) {
        throw new IllegalArgumentException("a quantised graph has no flatten");
    }

    /** Computes one element of a result before rounding. */
    @FunctionalInterface
    private interface Elements {
        float at(int channel, int row, int column);
    }

    /** Computes one element of a result exactly. */
    @FunctionalInterface
    private interface Integers {
        int at(int channel, int row, int column);
    }

    /** Called for each element. */
    @FunctionalInterface
    private interface Position {
        void at(int index, int channel, int row, int column);
    }
}
