package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.Constant;
import dev.octet.tools.onnx.graph.Call.Unary;
import dev.octet.tools.onnx.graph.Operand.Computed;
import dev.octet.tools.onnx.graph.Operand.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that move numbers without changing them. */
final class ShapeOperators {
    private ShapeOperators() {}

    static void register() {
        Operators.add("Identity", step -> step.value(0));
        Operators.add("Dropout", ShapeOperators::dropout);
        Operators.add("Cast", ShapeOperators::cast);
        Operators.addAll("Shape", ShapeOperators::shape);
        Operators.add("Flatten", ShapeOperators::flatten);
        Operators.add("Reshape", ShapeOperators::reshape);
        Operators.add("Squeeze", ShapeOperators::squeeze);
        Operators.add("Unsqueeze", ShapeOperators::unsqueeze);
        Operators.add("Transpose", ShapeOperators::transpose);
        Operators.add("Concat", ShapeOperators::concat);
        Operators.addAll("Split", ShapeOperators::split);
        Operators.add("Slice", Slices::slice);
        Operators.add("Pad", Borders::pad);
        Operators.add("Resize", Resizes::resize);
        Operators.add("Upsample", Resizes::upsample);
    }

    private static Value dropout(Step step) {
        boolean training = step.has(2) && step.integers(2)[0] != 0;
        step.require(!training, "it is in training mode; export the model in eval mode");
        step.require(step.node().outputs().stream().skip(1).allMatch(String::isEmpty), "it also gives its mask");
        return step.value(0);
    }

    private static Value cast(Step step) {
        step.require(step.node().integer("to", 0) == 1, "Octet's values are floats; it casts to another type");
        return step.value(0);
    }

    private static List<Operand> shape(Step step) {
        List<Integer> dims = step.dims(step.value(0));
        int start = (int) Math.max(0, Math.min(dims.size(), fromEnd(step.node().integer("start", 0), dims.size())));
        int end = (int) Math.max(
                start, Math.min(dims.size(), fromEnd(step.node().integer("end", dims.size()), dims.size())));
        long[] values = dims.subList(start, end).stream().mapToLong(dim -> dim).toArray();
        return List.of(new Fixed(Constant.of(List.of(values.length), values)));
    }

    private static long fromEnd(long index, int size) {
        return index < 0 ? index + size : index;
    }

    private static Value flatten(Step step) {
        Value x = step.value(0);
        int axis = step.axis(step.node().integer("axis", 1), x.shape().size() + 1);
        step.require(axis == 1, "it flattens from axis " + axis + "; Octet flattens each image, from axis 1");
        return reshaped(step, x, List.of(Constant.count(x.shape())));
    }

    /** The value in another shape, if that is one of those between which only their notation differs. */
    private static Value reshaped(Step step, Value x, List<Integer> shape) {
        if (shape.equals(x.shape())) {
            return x;
        } else if (x.isImage() && shape.size() == 1) {
            return step.result(new Unary(Function.FLATTEN, 0), shape, x);
        }
        boolean vector = x.shape().size() == 1 && shape.size() == 3 && shape.get(1) == 1 && shape.get(2) == 1;
        step.require(vector, "Octet only flattens images; it would make " + x.shape() + " " + shape);
        return step.result(new Call.View(), shape, x);
    }

    private static Value reshape(Step step) {
        Value x = step.value(0);
        List<Integer> from = step.dims(x);
        long[] to = step.integers(1, "shape").orElseThrow(() -> new Refusal("operand 1 is missing"));
        boolean zeros = step.node().integer("allowzero", 0) != 0;
        List<Integer> dims = new ArrayList<>();
        int open = -1;
        long known = 1;
        for (int i = 0; i < to.length; i++) {
            long dim = to[i] == 0 && !zeros && i < from.size() ? from.get(i) : to[i];
            if (dim == -1) {
                step.require(open < 0, "its shape has two open extents");
                open = i;
                dims.add(1);
            } else {
                dims.add(step.small(dim, "an extent"));
                known = Math.multiplyExact(known, dim);
            }
        }
        long all = Constant.count(from);
        step.require(known > 0 && all % known == 0, "its shape " + dims + " has other elements");
        if (open >= 0) {
            dims.set(open, (int) (all / known));
        }
        step.require(open >= 0 || known == all, "its shape " + dims + " has other elements");
        return withoutBatch(step, x, dims);
    }

    private static Value withoutBatch(Step step, Value x, List<Integer> dims) {
        step.require(
                !dims.isEmpty() && dims.get(0) == step.batch(),
                "it would put images of a batch together: " + step.dims(x) + " to " + dims);
        return reshaped(step, x, dims.subList(1, dims.size()));
    }

    private static Value squeeze(Step step) {
        Value x = step.value(0);
        List<Integer> dims = step.dims(x);
        List<Integer> axes = step.integers(1, "axes")
                .map(given -> axes(step, given, dims.size()))
                .orElseGet(() -> IntStream.range(1, dims.size())
                        .filter(axis -> dims.get(axis) == 1)
                        .boxed()
                        .toList());
        List<Integer> left = new ArrayList<>();
        for (int axis = 0; axis < dims.size(); axis++) {
            step.require(!axes.contains(axis) || axis > 0 && dims.get(axis) == 1, "it removes axis " + axis);
            if (!axes.contains(axis)) {
                left.add(dims.get(axis));
            }
        }
        return withoutBatch(step, x, left);
    }

    private static List<Integer> axes(Step step, long[] given, int rank) {
        return LongStream.of(given).mapToObj(axis -> step.axis(axis, rank)).toList();
    }

    private static Value unsqueeze(Step step) {
        Value x = step.value(0);
        long[] given = step.integers(1, "axes").orElseThrow(() -> new Refusal("operand 1 is missing"));
        List<Integer> dims = new ArrayList<>(step.dims(x));
        List<Integer> axes =
                axes(step, given, dims.size() + given.length).stream().sorted().toList();
        for (int axis : axes) {
            step.require(axis <= dims.size(), "it inserts axis " + axis);
            dims.add(axis, 1);
        }
        return withoutBatch(step, x, dims);
    }

    private static Value transpose(Step step) {
        Value x = step.value(0);
        List<Long> order = step.node().integers("perm", List.of());
        if (x.call() instanceof Call.Input input && input.reordered()) {
            return x;
        }
        boolean same =
                order.equals(LongStream.rangeClosed(0, x.shape().size()).boxed().toList());
        boolean pixel = x.isImage() && x.shape().get(1) == 1 && x.shape().get(2) == 1;
        step.require(same || pixel && order.equals(List.of(0L, 1L, 3L, 2L)), "Octet does not reorder axes: " + order);
        return x;
    }

    private static Value concat(Step step) {
        Value first = step.value(0);
        step.require(
                step.axis(step.node().integer("axis", 1), first.shape().size() + 1) == 1,
                "Octet joins channels, axis 1, and no others");
        List<Value> operands = new ArrayList<>();
        int channels = 0;
        for (int i = 0; i < step.count(); i++) {
            Value operand = step.value(i);
            step.require(
                    operand.shape().size() == first.shape().size()
                            && operand.shape()
                                    .subList(1, operand.shape().size())
                                    .equals(first.shape()
                                            .subList(1, first.shape().size())),
                    "its operands differ in height or width");
            operands.add(operand);
            channels = Math.addExact(channels, operand.channels());
        }
        if (operands.size() == 1) {
            return first;
        }
        List<Integer> shape = new ArrayList<>(first.shape());
        shape.set(0, channels);
        return step.result(new Call.Concat(), shape, operands.toArray(Value[]::new));
    }

    private static List<Operand> split(Step step) {
        Value x = step.value(0);
        int axis = step.axis(step.node().integer("axis", 0), x.shape().size() + 1);
        step.require(axis == 1, "Octet splits channels, axis 1, and no others");
        int parts = step.node().outputs().size();
        int each = parts == 0 ? 0 : (x.channels() + parts - 1) / parts;
        long[] sizes = step.integers(1, "split")
                .orElseGet(() -> IntStream.range(0, parts)
                        .mapToLong(i -> Math.min(each, x.channels() - (long) i * each))
                        .toArray());
        step.require(
                sizes.length == parts
                        && LongStream.of(sizes).allMatch(size -> size > 0 && size <= x.channels())
                        && LongStream.of(sizes).sum() == x.channels(),
                "its parts do not make up " + x.channels() + " channels");
        List<Operand> results = new ArrayList<>();
        int first = 0;
        for (long size : sizes) {
            results.add(new Computed(Slices.channels(step, x, first, (int) size)));
            first += (int) size;
        }
        return results;
    }
}
