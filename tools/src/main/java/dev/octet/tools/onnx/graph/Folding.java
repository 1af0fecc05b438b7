package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.Attribute;
import dev.octet.tools.onnx.file.Constant;
import dev.octet.tools.onnx.file.Constant.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Computes nodes all of whose operands are constants: shapes, which exporters compute while the network runs, and weights. */
final class Folding {
    /** Far above what the weights of a network need; a file cannot make the importer compute for long. */
    private static final long MOST_ELEMENTS = 1L << 25;

    private static final int MOST_OF_ONE = 1 << 22;

    private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul", "Div");

    private long elements;

    /** The node's result; empty if it is not one of constants, or of an operator that is not computed here. */
    Optional<Constant> fold(Step step) {
        if (step.node().operator().equals("Constant")) {
            return Optional.of(constant(step));
        }
        for (int i = 0; i < step.count(); i++) {
            if (step.has(i) && !step.isConstant(i)) {
                return Optional.empty();
            }
        }
        if (step.count() == 0 || !step.has(0) || step.constant(0).kind() == Kind.OTHER || !allFit(step)) {
            return Optional.empty();
        }
        return computed(step);
    }

    private static boolean allFit(Step step) {
        for (int i = 0; i < step.count(); i++) {
            if (step.has(i) && !step.constant(i).fits()) {
                return false;
            }
        }
        return true;
    }

    private static Constant constant(Step step) {
        for (String name : List.of("value", "value_float", "value_int", "value_floats", "value_ints")) {
            Attribute found = step.node().attributes().get(name);
            if (found != null) {
                return switch (name) {
                    case "value" -> found.tensor().orElseThrow(() -> new Refusal("it has no tensor"));
                    case "value_float" -> Constant.of(List.of(), found.decimal());
                    case "value_int" -> Constant.of(List.of(), found.integer());
                    case "value_floats" -> {
                        float[] values = new float[found.decimals().size()];
                        for (int i = 0; i < values.length; i++) {
                            values[i] = found.decimals().get(i);
                        }
                        yield Constant.of(List.of(values.length), values);
                    }
                    default -> {
                        long[] values =
                                found.integers().stream().mapToLong(x -> x).toArray();
                        yield Constant.of(List.of(values.length), values);
                    }
                };
            }
        }
        throw new Refusal("it has none of the values that Octet reads");
    }

    private Optional<Constant> computed(Step step) {
        Constant x = step.constant(0);
        String operator = step.node().operator();
        if (ARITHMETIC.contains(operator)) {
            return Optional.of(arithmetic(step, x, step.constant(1)));
        }
        return switch (operator) {
            case "Identity", "Dropout" -> Optional.of(x);
            case "Shape" -> Optional.of(shape(x));
            case "Cast" -> cast(step, x);
            case "ConstantOfShape" -> Optional.of(filled(step, x));
            case "Reshape" -> Optional.of(reshaped(step, x));
            case "Flatten", "Squeeze", "Unsqueeze" -> Optional.of(renamed(step, x));
            case "Transpose" -> Optional.of(transposed(step, x));
            case "Concat" -> Optional.of(concatenated(step));
            case "Gather" -> Optional.of(gathered(step, x));
            case "Slice" -> Optional.of(sliced(step, x));
            case "Floor" -> Optional.of(x.kind() == Kind.FLOAT ? Tensors.map(x, Math::floor) : x);
            case "Ceil" -> Optional.of(x.kind() == Kind.FLOAT ? Tensors.map(x, Math::ceil) : x);
            case "Sqrt" -> x.kind() == Kind.FLOAT ? Optional.of(Tensors.map(x, Math::sqrt)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Constant shape(Constant x) {
        long[] dims = x.dims().stream().mapToLong(dim -> dim).toArray();
        return Constant.of(List.of(dims.length), dims);
    }

    private static Optional<Constant> cast(Step step, Constant x) {
        long to = step.node().integer("to", 0);
        boolean floats = to == 1;
        if (!floats && to != 6 && to != 7) {
            return Optional.empty();
        } else if (floats == (x.kind() == Kind.FLOAT)) {
            return Optional.of(x);
        } else if (floats) {
            long[] given = x.integers();
            float[] values = new float[given.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = given[i];
            }
            return Optional.of(Constant.of(x.dims(), values));
        }
        float[] given = x.floats();
        long[] values = new long[given.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) given[i];
        }
        return Optional.of(Constant.of(x.dims(), values));
    }

    private Constant filled(Step step, Constant x) {
        List<Integer> dims = dims(step, step.integers(0));
        int count = room(step, dims);
        Constant one = Optional.ofNullable(step.node().attributes().get("value"))
                .flatMap(Attribute::tensor)
                .orElse(Constant.of(List.of(1), 0f));
        step.require(one.size() == 1 && one.kind() != Kind.OTHER, "its value is " + one);
        return Tensors.gathered(one, dims, new int[count]);
    }

    private static List<Integer> dims(Step step, long[] given) {
        List<Integer> dims = new ArrayList<>();
        for (long dim : given) {
            dims.add(step.small(dim, "an extent"));
        }
        return dims;
    }

    /** Elements of a result that is going to be computed. */
    private int room(Step step, List<Integer> dims) {
        int count = count(step, dims);
        elements += count;
        step.require(
                count <= MOST_OF_ONE && elements <= MOST_ELEMENTS,
                "its result " + dims + " is too large to be computed");
        return count;
    }

    private static int count(Step step, List<Integer> dims) {
        long count = 1;
        for (int dim : dims) {
            count *= dim;
            step.require(count <= Integer.MAX_VALUE, "its result has the shape " + dims);
        }
        return (int) count;
    }

    private static Constant reshaped(Step step, Constant x) {
        long[] to = step.integers(1, "shape").orElseThrow(() -> new Refusal("operand 1 is missing"));
        List<Integer> dims = new ArrayList<>();
        int open = -1;
        for (int i = 0; i < to.length; i++) {
            boolean kept = to[i] == 0 && i < x.dims().size();
            open = to[i] == -1 ? i : open;
            dims.add(to[i] == -1 ? 1 : kept ? x.dims().get(i) : step.small(to[i], "an extent"));
        }
        int known = count(step, dims);
        if (open >= 0 && known > 0) {
            dims.set(open, x.size() / known);
        }
        step.require(count(step, dims) == x.size(), "its shape " + dims + " has other elements");
        return x.reshaped(dims);
    }

    private static Constant renamed(Step step, Constant x) {
        int rank = x.dims().size();
        List<Integer> dims = new ArrayList<>();
        switch (step.node().operator()) {
            case "Flatten" -> {
                int axis = (int) Math.max(0, Math.min(rank, step.node().integer("axis", 1)));
                dims.add(Constant.count(x.dims().subList(0, axis)));
                dims.add(Constant.count(x.dims().subList(axis, rank)));
            }
            case "Squeeze" -> {
                List<Integer> axes = axes(step, rank);
                for (int axis = 0; axis < rank; axis++) {
                    boolean one = x.dims().get(axis) == 1;
                    if (axes.isEmpty() ? !one : !axes.contains(axis)) {
                        dims.add(x.dims().get(axis));
                    }
                }
            }
            default -> {
                dims.addAll(x.dims());
                int all = rank + step.integers(1, "axes").orElse(new long[0]).length;
                for (int axis : axes(step, all).stream().sorted().toList()) {
                    step.require(axis <= dims.size(), "it inserts axis " + axis);
                    dims.add(axis, 1);
                }
            }
        }
        step.require(count(step, dims) == x.size(), "its shape " + dims + " has other elements");
        return x.reshaped(dims);
    }

    private static List<Integer> axes(Step step, int rank) {
        List<Integer> axes = new ArrayList<>();
        for (long axis : step.integers(1, "axes").orElse(new long[0])) {
            axes.add(step.axis(axis, rank));
        }
        return axes;
    }

    private static Constant transposed(Step step, Constant x) {
        int rank = x.dims().size();
        int[] order = new int[rank];
        List<Long> given = step.node().integers("perm", List.of());
        step.require(given.isEmpty() || given.size() == rank, "perm is " + given + " for " + x.dims());
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            order[i] = given.isEmpty() ? rank - 1 - i : step.axis(given.get(i), rank);
            step.require(!seen.contains(order[i]), "perm is " + given);
            seen.add(order[i]);
        }
        return Tensors.transposed(x, order);
    }

    private Constant concatenated(Step step) {
        Kind kind = step.constant(0).kind();
        List<Constant> parts = new ArrayList<>();
        long size = 0;
        for (int i = 0; i < step.count(); i++) {
            Constant part = step.constant(i);
            step.require(part.kind() == kind && part.dims().size() == 1, "it joins constants that are not vectors");
            parts.add(part);
            size += part.size();
            step.require(size <= MOST_OF_ONE, "its result is too large to be computed");
        }
        room(step, List.of((int) size));
        int at = 0;
        if (kind == Kind.FLOAT) {
            float[] all = new float[(int) size];
            for (Constant part : parts) {
                System.arraycopy(part.floats(), 0, all, at, part.size());
                at += part.size();
            }
            return Constant.of(List.of(all.length), all);
        }
        long[] all = new long[(int) size];
        for (Constant part : parts) {
            System.arraycopy(part.integers(), 0, all, at, part.size());
            at += part.size();
        }
        return Constant.of(List.of(all.length), all);
    }

    private static Constant gathered(Step step, Constant x) {
        step.require(x.dims().size() == 1 && step.node().integer("axis", 0) == 0, "it gathers from " + x);
        Constant indices = step.constant(1);
        long[] given = step.integers(1);
        int[] from = new int[given.length];
        for (int i = 0; i < from.length; i++) {
            from[i] = step.axis(given[i], x.size());
        }
        return Tensors.gathered(x, indices.dims(), from);
    }

    private static Constant sliced(Step step, Constant x) {
        long[] starts = step.integers(1, "starts").orElse(new long[0]);
        long[] ends = step.integers(2, "ends").orElse(new long[0]);
        long[] steps = step.integers(4, "steps").orElse(new long[] {1});
        step.require(
                x.dims().size() == 1 && starts.length == 1 && ends.length == 1 && steps.length == 1 && steps[0] == 1,
                "it slices " + x);
        int size = x.size();
        long start = Math.max(0, Math.min(size, starts[0] < 0 ? starts[0] + size : starts[0]));
        long end = Math.max(start, Math.min(size, ends[0] < 0 ? ends[0] + size : ends[0]));
        int[] from = new int[(int) (end - start)];
        for (int i = 0; i < from.length; i++) {
            from[i] = (int) start + i;
        }
        return Tensors.gathered(x, List.of(from.length), from);
    }

    private Constant arithmetic(Step step, Constant a, Constant b) {
        step.require(a.kind() == b.kind(), "its operands are " + a + " and " + b);
        List<Integer> dims = broadcast(step, a.dims(), b.dims());
        int count = room(step, dims);
        Constant left = spread(a, dims, count);
        Constant right = spread(b, dims, count);
        String operator = step.node().operator();
        if (a.kind() == Kind.FLOAT) {
            float[] x = left.floats();
            float[] y = right.floats();
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = switch (operator) {
                    case "Add" -> x[i] + y[i];
                    case "Sub" -> x[i] - y[i];
                    case "Mul" -> x[i] * y[i];
                    default -> x[i] / y[i];
                };
            }
            return Constant.of(dims, values);
        }
        long[] x = left.integers();
        long[] y = right.integers();
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            step.require(!operator.equals("Div") || y[i] != 0, "it divides by zero");
            values[i] = switch (operator) {
                case "Add" -> x[i] + y[i];
                case "Sub" -> x[i] - y[i];
                case "Mul" -> x[i] * y[i];
                default -> x[i] / y[i];
            };
        }
        return Constant.of(dims, values);
    }

    private static List<Integer> broadcast(Step step, List<Integer> a, List<Integer> b) {
        int rank = Math.max(a.size(), b.size());
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            int x = dim(a, i, rank);
            int y = dim(b, i, rank);
            step.require(x == y || x == 1 || y == 1, "its operands have the shapes " + a + " and " + b);
            dims.add(x == 1 ? y : x);
        }
        return dims;
    }

    private static int dim(List<Integer> dims, int index, int rank) {
        int own = index - (rank - dims.size());
        return own < 0 ? 1 : dims.get(own);
    }

    private static Constant spread(Constant x, List<Integer> dims, int count) {
        if (x.dims().equals(dims)) {
            return x;
        }
        List<Integer> padded =
                new ArrayList<>(Collections.nCopies(dims.size() - x.dims().size(), 1));
        padded.addAll(x.dims());
        int[] from = new int[count];
        int repeat = 1;
        int stride = 1;
        for (int axis = dims.size() - 1; axis >= 0; axis--) {
            int extent = dims.get(axis);
            if (padded.get(axis) != 1) {
                for (int i = 0; i < count; i++) {
                    from[i] += i / repeat % extent * stride;
                }
                stride *= extent;
            }
            repeat *= Math.max(1, extent);
        }
        return Tensors.gathered(x, dims, from);
    }
}
