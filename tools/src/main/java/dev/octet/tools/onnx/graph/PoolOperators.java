package dev.octet.tools.onnx.graph;

import dev.octet.dsl.DslException;
import dev.octet.dsl.Kernel;
import dev.octet.tools.onnx.graph.Call.Pool;
import dev.octet.tools.onnx.graph.Call.Unary;
import java.util.ArrayList;
import java.util.List;

/** Operators on windows without weights, and means over images. */
final class PoolOperators {
    private PoolOperators() {}

    static void register() {
        Operators.add("MaxPool", PoolOperators::maxPool);
        Operators.add("AveragePool", PoolOperators::averagePool);
        Operators.add("GlobalAveragePool", step -> globalMean(step, step.image(0)));
        Operators.add("GlobalMaxPool", PoolOperators::globalMaxPool);
        Operators.add("ReduceMean", PoolOperators::reduceMean);
    }

    private static Value maxPool(Step step) {
        step.require(
                step.node().outputs().stream().skip(1).allMatch(String::isEmpty),
                "it also gives indices of the maxima");
        Value x = step.image(0);
        Kernel kernel = kernel(step, x);
        return step.result(new Pool(true, kernel), Windows.shape(kernel, x.shape(), x.channels()), x);
    }

    private static Kernel kernel(Step step, Value x) {
        Kernel kernel = Windows.of(step, x.shape(), step.node().integers("kernel_shape", List.of()));
        step.require(kernel.dilations().equals(List.of(1, 1)), "it is dilated");
        boolean ceil = step.node().integer("ceil_mode", 0) != 0;
        return ceil && !kernel.options().same() ? kernel.ceil() : kernel;
    }

    private static Value averagePool(Step step) {
        Value x = step.image(0);
        Kernel kernel = kernel(step, x);
        boolean padded = Windows.padding(kernel, x.shape()).stream().anyMatch(pad -> pad != 0);
        if (!padded && kernel.size().equals(x.shape().subList(1, 3))) {
            return globalMean(step, x);
        }
        boolean counted = step.node().integer("count_include_pad", 0) != 0;
        Kernel mean = padded && !counted ? kernel.uncountedPadding() : kernel;
        return step.result(new Pool(false, mean), Windows.shape(mean, x.shape(), x.channels()), x);
    }

    private static Value globalMean(Step step, Value x) {
        return step.result(new Unary(Function.GLOBAL_AVG_POOL, 0), List.of(x.channels(), 1, 1), x);
    }

    private static Value globalMaxPool(Step step) {
        Value x = step.image(0);
        try {
            Kernel kernel = Kernel.kernel(x.shape().get(1), x.shape().get(2))
                    .stride(x.shape().get(1), x.shape().get(2));
            return step.result(new Pool(true, kernel), List.of(x.channels(), 1, 1), x);
        } catch (DslException e) {
            throw new Refusal(Windows.plain(e));
        }
    }

    private static Value reduceMean(Step step) {
        Value x = step.image(0);
        List<Integer> axes = new ArrayList<>();
        for (long axis : step.integers(1, "axes").orElse(new long[0])) {
            axes.add(step.axis(axis, 4));
        }
        step.require(
                axes.size() == 2 && axes.contains(2) && axes.contains(3),
                "it takes the mean over axes " + axes + "; Octet has that over height and width, 2 and 3");
        Value mean = globalMean(step, x);
        return step.node().integer("keepdims", 1) != 0
                ? mean
                : step.result(new Unary(Function.FLATTEN, 0), List.of(x.channels()), mean);
    }
}
