package dev.octet.plan.text;

import dev.octet.plan.extension.OperatorExtensions;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.OpVisitor;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Optional;

/** One method per operator: the shape that its operands and attributes make. Rank does not count: [C] is [C,1,1]. */
final class ShapeRules implements OpVisitor<Void> {
    private final Node node;
    private final List<Shape> operands;
    private final Shape out;

    ShapeRules(Node node, List<Shape> operands) {
        this.node = node;
        this.operands = operands;
        this.out = node.type().shape();
    }

    private Shape in() {
        return operands.get(0);
    }

    private Void expect(int channels, int height, int width) {
        boolean fits = out.channels() == channels && out.height() == height && out.width() == width;
        GraphCheck.require(
                node,
                fits,
                "has shape " + out + ", but its operator makes [" + channels + "," + height + "," + width + "]");
        return null;
    }

    private Void expect(Shape shape) {
        return expect(shape.channels(), shape.height(), shape.width());
    }

    private Void windowed(Window window, int channels) {
        long taps = (long) window.kernelH() * window.kernelW();
        GraphCheck.require(node, taps <= PlanLimits.TAPS, "has a window of more than " + PlanLimits.TAPS + " taps");
        long height = (long) in().height() + window.top() + window.bottom();
        long width = (long) in().width() + window.left() + window.right();
        boolean counts = Math.max(height, width) <= PlanLimits.PADDED;
        GraphCheck.require(node, counts, "has more than " + PlanLimits.PADDED + " rows or columns with padding");
        return expect(channels, window.outHeight(in().height()), window.outWidth(in().width()));
    }

    /** Weights of the given shape, and biases and normalisations of as many channels as the result. */
    private void layer(Constant weight, Optional<Constant> bias, List<Integer> shape) {
        GraphCheck.require(node, shape.equals(shape(weight)), "has weights " + shape(weight) + ", not " + shape);
        List<Integer> channels = List.of(out.channels());
        bias.ifPresent(b -> GraphCheck.require(node, channels.equals(shape(b)), "has biases " + shape(b)));
        operands.stream().skip(1).forEach(this::expect);
    }

    /** The shape of a constant; empty where its parts disagree. */
    private static List<Integer> shape(Constant constant) {
        if (constant instanceof Constant.Tensor tensor) {
            return tensor.shape();
        }
        if (constant instanceof Constant.Ones ones) {
            return ones.shape();
        }
        if (constant instanceof Constant.ScaledRows scaled) {
            List<Integer> rows = shape(scaled.weight());
            return rows.isEmpty() || rows.get(0) != scaled.norm().channels() ? List.of() : rows;
        }
        Constant.ShiftedBias shifted = (Constant.ShiftedBias) constant;
        List<Integer> channels = List.of(shifted.norm().channels());
        return shifted.bias().map(ShapeRules::shape).orElse(channels).equals(channels) ? channels : List.of();
    }

    @Override
    public Void input(Op.Input op) {
        return null;
    }

    @Override
    public Void conv2d(Op.Conv2d op) {
        Window window = op.window();
        boolean divides = in().channels() % op.groups() == 0 && out.channels() % op.groups() == 0;
        GraphCheck.require(node, divides, "has " + op.groups() + " groups, which do not divide its channels");
        int in = in().channels() / op.groups();
        layer(op.weight(), op.bias(), List.of(out.channels(), in, window.kernelH(), window.kernelW()));
        return windowed(window, out.channels());
    }

    @Override
    public Void dense(Op.Dense op) {
        layer(op.weight(), op.bias(), List.of(out.channels(), in().elements()));
        return expect(out.channels(), 1, 1);
    }

    @Override
    public Void batchNorm(Op.BatchNorm op) {
        throw new IllegalArgumentException("a plan has no batch normalisation, but " + node.name());
    }

    @Override
    public Void activate(Op.Activate op) {
        return expect(in());
    }

    @Override
    public Void add(Op.Add op) {
        operands.forEach(this::expect);
        return null;
    }

    @Override
    public Void gate(Op.Gate op) {
        Shape gates = operands.get(1);
        boolean fits = gates.pixels() == 1 && gates.channels() == in().channels();
        GraphCheck.require(node, fits, "has gates " + gates + " for channels of " + in());
        return expect(in());
    }

    @Override
    public Void concat(Op.Concat op) {
        int channels = 0;
        for (Shape operand : operands) {
            boolean fits = operand.height() == in().height() && operand.width() == in().width();
            GraphCheck.require(node, fits, "joins " + operands);
            channels = Math.addExact(channels, operand.channels());
        }
        return expect(channels, in().height(), in().width());
    }

    @Override
    public Void sliceChannels(Op.SliceChannels op) {
        boolean within = op.count() <= in().channels() - op.first();
        GraphCheck.require(node, within, "takes channels that " + in() + " does not have");
        return expect(op.count(), in().height(), in().width());
    }

    @Override
    public Void padChannels(Op.PadChannels op) {
        int channels = Math.addExact(in().channels(), Math.addExact(op.before(), op.after()));
        return expect(channels, in().height(), in().width());
    }

    @Override
    public Void upsample(Op.Upsample op) {
        return expect(
                in().channels(),
                Math.multiplyExact(in().height(), op.rows()),
                Math.multiplyExact(in().width(), op.columns()));
    }

    @Override
    public Void extension(Op.Extension op) {
        return expect(OperatorExtensions.find(op.operator()).shape(operands, op.attributes()));
    }

    @Override
    public Void maxPool(Op.MaxPool op) {
        return windowed(op.window(), in().channels());
    }

    @Override
    public Void avgPool(Op.AvgPool op) {
        return windowed(op.window(), in().channels());
    }

    @Override
    public Void globalAvgPool(Op.GlobalAvgPool op) {
        return expect(in().channels(), 1, 1);
    }

    @Override
    public Void flatten(Op.Flatten op) {
        throw new IllegalArgumentException("a plan flattens nothing, but " + node.name());
    }

    @Override
    public Void softmax(Op.Softmax op) {
        return expect(in());
    }

    @Override
    public Void requantize(Op.Requantize op) {
        return expect(in());
    }

    @Override
    public Void quantize(Op.Quantize op) {
        return expect(in());
    }

    @Override
    public Void dequantize(Op.Dequantize op) {
        return expect(in());
    }

    /** An output may be the flat form of its operand. */
    @Override
    public Void output(Op.Output op) {
        return out.rank() == 1 ? expect(in().elements(), 1, 1) : expect(in());
    }
}
