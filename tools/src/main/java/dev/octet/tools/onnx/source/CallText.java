package dev.octet.tools.onnx.source;

import dev.octet.dsl.Kernel;
import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.Names;
import dev.octet.tools.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Calls of methods of {@link dev.octet.dsl.Tensor}, without the receiver. */
final class CallText {
    private final Names names;
    private final Expressions expressions;
    private final Epsilon epsilon;

    CallText(Names names, Expressions expressions, Epsilon epsilon) {
        this.names = names;
        this.expressions = expressions;
        this.epsilon = epsilon;
    }

    /**
     * The call that makes a value.
     *
     * @param index the value's place, for its expressions
     * @param others expressions of its operands but the first
     */
    String of(Value value, int index, List<String> others) {
        Call call = value.call();
        if (call instanceof Call.Conv conv) {
            return conv(value, conv, index);
        } else if (call instanceof Call.Dense dense) {
            String method = dense.bias().isPresent() ? "dense" : "denseWithoutBias";
            return method + "(" + expressions.name(index) + ", " + expressions.number(index, 0) + ")";
        } else if (call instanceof Call.Norm norm) {
            return "batchNorm(" + expressions.name(index) + ", " + epsilon.of(norm) + ")";
        } else if (call instanceof Call.Unary unary && unary.function().hasParameter()) {
            return unary.function().method() + "(" + Literals.decimal(unary.parameter()) + ")";
        }
        return named(value, index, others);
    }

    /** Calls whose name may be left out. */
    private String named(Value value, int index, List<String> others) {
        Call call = value.call();
        List<String> arguments = new ArrayList<>();
        if (names.isGiven(value)) {
            arguments.add(expressions.name(index));
        }
        String method;
        if (call instanceof Call.Unary unary) {
            method = unary.function().method();
        } else if (call instanceof Call.Pool pool) {
            method = pool.max() ? "maxPool" : "avgPool";
            arguments.add(pool(pool.kernel()));
        } else if (call instanceof Call.Slice) {
            method = "sliceChannels";
            arguments.add(expressions.number(index, 0));
            arguments.add(expressions.number(index, 1));
        } else if (call instanceof Call.PadChannels) {
            method = "padChannels";
            arguments.add(expressions.number(index, 0));
            arguments.add(expressions.number(index, 1));
        } else if (call instanceof Call.Subsample) {
            method = "subsample";
            arguments.add(expressions.number(index, 0));
        } else if (call instanceof Call.Upsample upsample) {
            method = "upsample";
            arguments.add(String.valueOf(upsample.factor()));
        } else {
            method = call.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
            arguments.addAll(others);
        }
        return method + "(" + String.join(", ", arguments) + ")";
    }

    private static String pool(Kernel kernel) {
        boolean own = kernel.strides().equals(kernel.size());
        String stride = own ? "" : Literals.pair(kernel.strides());
        return Literals.kernel(kernel, Literals.pair(kernel.size()), stride, Literals.sides(kernel.padding()), true);
    }

    private String conv(Value value, Call.Conv conv, int index) {
        Kernel kernel = conv.kernel();
        boolean depthwise = Slots.isDepthwise(value, conv);
        int slot = depthwise ? 0 : 1;
        String size = equal(kernel.size()) ? expressions.number(index, slot++) : Literals.pair(kernel.size());
        String stride = equal(kernel.strides()) ? expressions.number(index, slot++) : Literals.pair(kernel.strides());
        String pad = equal(kernel.padding()) ? expressions.number(index, slot) : Literals.sides(kernel.padding());
        String text =
                Literals.kernel(kernel, size, stride.equals("1") ? "" : stride, pad.equals("0") ? "" : pad, false);
        if (!depthwise && kernel.groups() > 1) {
            text += ".groups(" + kernel.groups() + ")";
        }
        if (conv.bias().isPresent()) {
            text += ".bias()";
        }
        String method = depthwise ? "depthwiseConv2d" : "conv2d";
        String channels = depthwise ? "" : expressions.number(index, 0) + ", ";
        return method + "(" + expressions.name(index) + ", " + channels + text + ")";
    }

    private static boolean equal(List<Integer> numbers) {
        return numbers.stream().distinct().count() == 1;
    }
}
