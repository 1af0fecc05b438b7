package dev.octet.compiler.interp;

import dev.octet.plan.extension.OperatorExtension;
import dev.octet.plan.extension.OperatorExtension.Element;
import dev.octet.plan.extension.OperatorExtensions;
import dev.octet.plan.graph.Epilogue;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import dev.octet.plan.quant.Softmax;
import java.util.List;

/** Evaluates one node of a float graph; the class comment of {@link Interpreter} states the order of operations. */
final class FloatArithmetic implements OpVisitor<Tensor> {
    private final FloatLayers layers;
    private final Shape out;
    private final List<FloatTensor> operands;

    FloatArithmetic(FloatLayers layers, Node node, List<Tensor> operands) {
        this.layers = layers;
        this.out = node.type().shape();
        this.operands = operands.stream().map(FloatTensor.class::cast).toList();
    }

    private FloatTensor x() {
        return operands.get(0);
    }

    private Tensor fill(Elements elements) {
        float[] values = new float[out.elements()];
        for (int i = 0; i < values.length; i++) {
            int pixel = i % out.pixels();
            values[i] = elements.at(i / out.pixels(), pixel / out.width(), pixel % out.width());
        }
        return new FloatTensor(out, values);
    }

    @Override
    public Tensor conv2d(Op.Conv2d op) {
        return layer(layers.layer(op.layer()), op.window(), op.groups(), op.epilogue());
    }

    @Override
    public Tensor dense(Op.Dense op) {
        return layer(layers.layer(op.layer()), Taps.whole(x().shape()), 1, op.epilogue());
    }

    private Tensor layer(FloatLayers.Layer layer, Window window, int groups, Epilogue epilogue) {
        return fill((channel, row, column) -> {
            float value = chain(layer, window, groups, channel, row, column) + layer.bias()[channel];
            if (epilogue.residual()) {
                value += operands.get(1).at(channel, row, column);
            }
            return epilogue.activation().of(value);
        });
    }

    private float chain(FloatLayers.Layer layer, Window window, int groups, int channel, int row, int column) {
        float[] acc = new float[1];
        int first = Taps.firstInput(channel, layer.out(), groups, layer.in());
        Taps.walk(window, x().shape(), row, column, (tap, y, xx) -> {
            int weight = (channel * layer.taps() + tap) * layer.in();
            for (int c = 0; c < layer.in(); c++) {
                acc[0] = Math.fma(x().at(first + c, y, xx), layer.weights()[weight + c], acc[0]);
            }
        });
        return acc[0];
    }

    @Override
    public Tensor batchNorm(Op.BatchNorm op) {
        FloatLayers.Norm norm = layers.norm(op.norm().layer());
        return fill((c, row, column) -> {
            double factor = norm.gamma()[c]
                    / Math.sqrt((double) norm.variance()[c] + op.norm().epsilon());
            return (float) (((double) x().at(c, row, column) - norm.mean()[c]) * factor + norm.beta()[c]);
        });
    }

    @Override
    public Tensor activate(Op.Activate op) {
        return fill((c, row, column) -> op.activation().of(x().at(c, row, column)));
    }

    @Override
    public Tensor gate(Op.Gate op) {
        FloatTensor gates = operands.get(1);
        return fill((c, row, column) -> x().at(c, row, column) * gates.values()[c]);
    }

    @Override
    public Tensor concat(Op.Concat op) {
        float[] values = new float[out.elements()];
        int at = 0;
        for (FloatTensor operand : operands) {
            System.arraycopy(operand.values(), 0, values, at, operand.values().length);
            at += operand.values().length;
        }
        return new FloatTensor(out, values);
    }

    @Override
    public Tensor sliceChannels(Op.SliceChannels op) {
        return fill((c, row, column) -> x().at(op.first() + c, row, column));
    }

    @Override
    public Tensor padChannels(Op.PadChannels op) {
        return fill((c, row, column) ->
                Taps.isOperand(c - op.before(), x().shape()) ? x().at(c - op.before(), row, column) : 0);
    }

    @Override
    public Tensor upsample(Op.Upsample op) {
        return fill((c, row, column) -> x().at(c, row / op.rows(), column / op.columns()));
    }

    @Override
    public Tensor avgPool(Op.AvgPool op) {
        return fill((c, row, column) -> {
            float[] sum = new float[1];
            Taps.walk(op.window(), x().shape(), row, column, (tap, y, xx) -> sum[0] += x().at(c, y, xx));
            return sum[0] * (float) (1.0 / op.count(x().shape(), row, column));
        });
    }

    @Override
    public Tensor softmax(Op.Softmax op) {
        float[] values = x().values().clone();
        Softmax.apply(values, out.channels(), out.pixels());
        return new FloatTensor(out, values);
    }

    @Override
    public Tensor extension(Op.Extension op) {
        OperatorExtension extension = OperatorExtensions.find(op.operator());
        List<Double> steps = operands.stream().map(operand -> 1.0).toList();
        float[] constants = extension.constants(steps, 1, op.attributes());
        return fill((c, row, column) ->
                extension.element(new Element(c, row, column), List.copyOf(operands), constants, op.attributes()));
    }

    @Override
    public Tensor requantize(Op.Requantize op) {
        throw new IllegalArgumentException("a float graph quantises nothing");
    }

    @Override
    public Tensor add(Op.Add op) {
        FloatTensor y = operands.get(1);
        return fill((c, row, column) -> op.activation().of(x().at(c, row, column) + y.at(c, row, column)));
    }

    @Override
    public Tensor maxPool(Op.MaxPool op) {
        return fill((c, row, column) -> {
            float[] max = {Float.NEGATIVE_INFINITY};
            Taps.walk(
                    op.window(), x().shape(), row, column, (tap, y, xx) -> max[0] = Math.max(max[0], x().at(c, y, xx)));
            return max[0];
        });
    }

    @Override
    public Tensor globalAvgPool(Op.GlobalAvgPool op) {
        return fill((c, row, column) -> {
            float[] sum = new float[1];
            Taps.walk(Taps.whole(x().shape()), x().shape(), 0, 0, (tap, y, xx) -> sum[0] += x().at(c, y, xx));
            return sum[0] * (float) (1.0 / x().shape().pixels());
        });
    }

    @Override
    public Tensor flatten(Op.Flatten op) {
        return new FloatTensor(out, x().values());
    }

    @Override
    public Tensor output(Op.Output op) {
        return new FloatTensor(out, x().values());
    }

    @Override
    public Tensor input(Op.Input op) {
        throw new IllegalArgumentException("an input has no operands to compute from");
    }

    @Override
    public Tensor quantize(Op.Quantize op) {
        throw new IllegalArgumentException("a float graph quantises nothing");
    }

    @Override
    public Tensor dequantize(Op.Dequantize op) {
        throw new IllegalArgumentException("a float graph dequantises nothing");
    }

    /** Computes one element of a result. */
    @FunctionalInterface
    private interface Elements {
        float at(int channel, int row, int column);
    }
}
