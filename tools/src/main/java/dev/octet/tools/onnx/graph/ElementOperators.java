package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.Constant;
import dev.octet.tools.onnx.graph.Call.Affine;
import dev.octet.tools.onnx.graph.Call.Unary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Operators on single numbers: activations, sums and products, with values and with constants. */
final class ElementOperators {
    private static final double[] ONE = {1};
    private static final double[] ZERO = {0};

    private ElementOperators() {}

    static void register() {
        unary("Relu", Function.RELU);
        unary("Sigmoid", Function.SIGMOID);
        unary("Tanh", Function.TANH);
        unary("HardSwish", Function.HARD_SWISH);
        Operators.add(
                "LeakyRelu",
                step -> unary(step, Function.LEAKY_RELU, step.node().decimal("alpha", 0.01f)));
        Operators.add("Elu", step -> unary(step, Function.ELU, step.node().decimal("alpha", 1)));
        Operators.add("PRelu", ElementOperators::parametricRelu);
        Operators.add("Gelu", ElementOperators::gelu);
        Operators.add("Erf", step -> partial(step, new Call.Erf()));
        Operators.add("HardSigmoid", ElementOperators::hardSigmoid);
        Operators.add("Clip", ElementOperators::clip);
        Operators.add("Min", step -> bound(step, false));
        Operators.add("Max", step -> bound(step, true));
        Operators.add("Softmax", ElementOperators::softmax);
        Operators.add("Add", ElementOperators::add);
        Operators.add("Sum", ElementOperators::sum);
        Operators.add("Sub", ElementOperators::subtract);
        Operators.add("Mul", ElementOperators::multiply);
        Operators.add("Div", ElementOperators::divide);
        Operators.add("Neg", step -> affine(step, step.value(0), new double[] {-1}, ZERO));
    }

    private static void unary(String operator, Function function) {
        Operators.add(operator, step -> unary(step, function, 0));
    }

    private static Value unary(Step step, Function function, float parameter) {
        Value x = step.value(0);
        return step.result(new Unary(function, parameter), x.shape(), x);
    }

    private static Value partial(Step step, Call call) {
        Value x = step.value(0);
        return step.result(call, x.shape(), x);
    }

    private static Value parametricRelu(Step step) {
        float[] slopes = step.inMemory(step.floats(1)).floats();
        for (float slope : slopes) {
            step.require(slope == slopes[0], "it has a slope for each channel; Octet's leakyRelu has one for all");
        }
        step.require(slopes.length > 0, "it has no slope");
        return unary(step, Function.LEAKY_RELU, slopes[0]);
    }

    private static Value gelu(Step step) {
        String approximate = step.node().text("approximate", "none");
        step.require(approximate.equals("none"), "it is the approximation by tanh; Octet has the exact function");
        return unary(step, Function.GELU, 0);
    }

    private static Value hardSigmoid(Step step) {
        return partial(
                step,
                new Call.HardSigmoid(
                        step.node().decimal("alpha", 0.2f), step.node().decimal("beta", 0.5f)));
    }

    private static Value clip(Step step) {
        float low = step.decimal(1, "min", Float.NEGATIVE_INFINITY);
        float high = step.decimal(2, "max", Float.POSITIVE_INFINITY);
        step.require(low <= high, "it clips to " + low + " and " + high);
        return partial(step, new Call.Clip(low, high));
    }

    /** {@code Min} and {@code Max} with one number. */
    private static Value bound(Step step, boolean low) {
        step.require(step.count() == 2, "Octet has no maximum or minimum of values");
        int constant = step.isConstant(0) ? 0 : 1;
        step.require(step.isConstant(constant), "Octet has no maximum or minimum of values");
        float bound = step.decimal(constant, "", 0);
        Value x = step.value(1 - constant);
        Call clip = low ? new Call.Clip(bound, Float.POSITIVE_INFINITY) : new Call.Clip(Float.NEGATIVE_INFINITY, bound);
        return step.result(clip, x.shape(), x);
    }

    private static Value softmax(Step step) {
        Value x = step.value(0);
        int rank = x.shape().size() + 1;
        boolean flattens = step.opset() < 13;
        int axis = step.axis(step.node().integer("axis", flattens ? 1 : -1), rank);
        step.require(axis == 1, "it is over axis " + axis + "; Octet has that over the channels, 1");
        boolean pixels = rank == 4 && (x.shape().get(1) != 1 || x.shape().get(2) != 1);
        step.require(!flattens || !pixels, "before version 13 of ONNX's operators it is over whole images");
        return unary(step, Function.SOFTMAX, 0);
    }

    private static Value affine(Step step, Value x, double[] scale, double[] shift) {
        return step.result(new Affine(scale, shift), x.shape(), x);
    }

    /** One number, or one per channel, of a constant that is combined with a value. */
    private static double[] perChannel(Step step, Constant given, Value x, DoubleUnaryOperator each) {
        Constant constant = step.inMemory(given);
        int rank = x.shape().size() + 1;
        List<Integer> dims = new ArrayList<>(constant.dims());
        step.require(dims.size() <= rank, "its constant has the shape " + constant.dims());
        dims.addAll(0, Collections.nCopies(rank - dims.size(), 1));
        for (int axis = 0; axis < rank; axis++) {
            step.require(
                    dims.get(axis) == 1 || axis == 1 && dims.get(axis) == x.channels(),
                    "its constant has the shape " + constant.dims() + ", and not one number per channel");
        }
        float[] values = constant.floats();
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = each.applyAsDouble(values[i]);
        }
        return result;
    }

    private static Value add(Step step) {
        if (step.isConstant(0) || step.isConstant(1)) {
            int constant = step.isConstant(0) ? 0 : 1;
            Value x = step.value(1 - constant);
            return affine(step, x, ONE, perChannel(step, step.constant(constant), x, value -> value));
        }
        return sum(step, step.value(0), step.value(1));
    }

    private static Value sum(Step step, Value a, Value b) {
        step.require(a.shape().equals(b.shape()), "Octet adds values of equal shape only");
        return step.result(new Call.Add(), a.shape(), a, b);
    }

    private static Value sum(Step step) {
        Value total = step.value(0);
        for (int i = 1; i < step.count(); i++) {
            total = sum(step, total, step.value(i));
        }
        return total;
    }

    private static Value subtract(Step step) {
        if (step.isConstant(1)) {
            Value x = step.value(0);
            return affine(step, x, ONE, perChannel(step, step.constant(1), x, value -> -value));
        }
        step.require(step.isConstant(0), "Octet has no difference of values");
        Value x = step.value(1);
        return affine(step, x, new double[] {-1}, perChannel(step, step.constant(0), x, value -> value));
    }

    private static Value multiply(Step step) {
        if (step.isConstant(0) || step.isConstant(1)) {
            int constant = step.isConstant(0) ? 0 : 1;
            Value x = step.value(1 - constant);
            return affine(step, x, perChannel(step, step.constant(constant), x, value -> value), ZERO);
        }
        Value a = step.value(0);
        Value b = step.value(1);
        if (a.shape().equals(b.shape())) {
            return step.result(new Call.Product(), a.shape(), a, b);
        }
        boolean second = isGateOf(b, a);
        step.require(
                second || isGateOf(a, b),
                "Octet multiplies the channels of an image by one number each, and no other values");
        return step.result(new Call.Gate(), second ? a.shape() : b.shape(), second ? a : b, second ? b : a);
    }

    private static boolean isGateOf(Value gates, Value image) {
        return image.isImage() && gates.shape().equals(List.of(image.channels(), 1, 1));
    }

    private static Value divide(Step step) {
        step.require(step.isConstant(1), "Octet has no quotient of values");
        Value x = step.value(0);
        double[] factors = perChannel(step, step.constant(1), x, value -> 1.0 / value);
        for (double factor : factors) {
            step.require(Double.isFinite(factor), "it divides by zero");
        }
        return affine(step, x, factors, ZERO);
    }
}
