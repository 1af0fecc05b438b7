package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.GraphImport;
import dev.octet.tools.onnx.graph.Names;
import dev.octet.tools.onnx.graph.Value;
import dev.octet.tools.onnx.source.Item.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the class of a network. The same network gives the same text. */
public final class ClassSource {
    private static final int SHORTEST_LOOP = 3;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,7}");

    private final ClassHead head;
    private final GraphImport graph;
    private final Names names;
    private final List<Value> values;
    private final Map<Integer, Block> blocks;
    private final Methods methods;
    private final Epsilon epsilon;

    private ClassSource(ClassHead head, GraphImport graph) {
        this.head = head;
        this.graph = graph;
        this.names = graph.names();
        this.values = InputOrder.late(graph.values());
        this.blocks = Blocks.find(graph.network(), names, values);
        this.methods = new Methods(blocks.values(), names);
        this.epsilon = new Epsilon(values);
    }

    /**
     * The text of the class.
     *
     * @param head what stands before its body
     * @param graph the network
     */
    public static String of(ClassHead head, GraphImport graph) {
        return new ClassSource(head, graph).text();
    }

    private String text() {
        Lines body = new Lines().indent();
        epsilon.declare(body);
        body.add("@Override").add("public void define(Net net) {").indent();
        define(body);
        body.outdent().add("}");
        for (Method method : methods.all()) {
            body.add("").add("private static " + method.signature() + " {").indent();
            method(method, body);
            body.outdent().add("}");
        }
        return head.write(body.toString());
    }

    private void define(Lines lines) {
        List<Item> items = items();
        BodyWriter writer =
                new BodyWriter(lines, items, graph.network().outputs().values(), Set.of("net", "x", "i", "y"), true);
        writer.labels(value -> names.name(value).replaceFirst("^.*\\.", ""));
        for (int i = 0; i < items.size(); i++) {
            List<BlockItem> run = run(items, i);
            if (run.size() >= SHORTEST_LOOP && writer.canLoop(run)) {
                loop(run, lines);
                writer.looped(run);
                i += run.size() - 1;
            } else {
                writer.write(items.get(i));
            }
        }
        graph.network().outputs().forEach((port, value) -> {
            String before = "net.output(" + Literals.text(head.port(port)) + ", ";
            lines.statement(before, writer.take(value), ");");
        });
    }

    private void method(Method method, Lines lines) {
        Block block = method.first();
        List<Item> items = new ArrayList<>();
        CallText text = new CallText(names, method, epsilon);
        for (int i = 0; i < block.values().size(); i++) {
            items.add(new ValueItem(block.values().get(i), i, text));
        }
        Set<String> taken = new HashSet<>(Set.of("x"));
        Matcher parameter = Pattern.compile("(?:int|String) (\\w+)").matcher(method.signature());
        while (parameter.find()) {
            taken.add(parameter.group(1));
        }
        BodyWriter writer = new BodyWriter(lines, items, List.of(block.result()), taken, false);
        writer.define(block.operand(), "x");
        writer.labels(method::label);
        writer.write();
        lines.statement("return ", writer.take(block.result()));
    }

    private List<Item> items() {
        List<List<Integer>> numbers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Value value : values) {
            numbers.add(
                    Slots.of(value).numbers().stream().map(Slots.Slot::value).toList());
            texts.add(names.name(value));
        }
        CallText text = new CallText(names, new Expressions.Constants(numbers, texts), epsilon);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Block block = blocks.get(i);
            Method method = block == null ? null : methods.of(block);
            if (method != null) {
                items.add(new BlockItem(block, method));
                i += block.values().size() - 1;
            } else if (values.get(i).call() instanceof Call.Input input) {
                items.add(new InputItem(values.get(i), head.port(input.port())));
            } else {
                items.add(new ValueItem(values.get(i), i, text));
            }
        }
        return items;
    }

    /** Blocks from here on that follow each other, are of one method, and are numbered. */
    private List<BlockItem> run(List<Item> items, int from) {
        List<BlockItem> run = new ArrayList<>();
        for (int i = from; i < items.size() && items.get(i) instanceof BlockItem next; i++) {
            if (!run.isEmpty()) {
                BlockItem last = run.get(run.size() - 1);
                boolean follows = next.block.operand() == last.block.result()
                        && next.method == last.method
                        && next.method.arguments(next.block).equals(last.method.arguments(last.block))
                        && counter(run.get(0), run.size(), next) != null;
                if (!follows) {
                    return run;
                }
            }
            run.add(next);
        }
        return run;
    }

    /** The names of block {@code distance} behind the first as an expression of {@code i}; null if there is none. */
    private String counter(BlockItem first, int distance, BlockItem next) {
        String a = first.method.common(first.block);
        String b = next.method.common(next.block);
        Matcher number = NUMBER.matcher(a);
        while (number.find()) {
            String head1 = a.substring(0, number.start());
            String tail = a.substring(number.end());
            int value = Integer.parseInt(number.group());
            if (b.equals(head1 + (value + distance) + tail)) {
                return counter(head1, tail);
            }
        }
        return null;
    }

    private static String counter(String before, String after) {
        String start = before.isEmpty() || before.equals("\"") ? "" : before + "\" + ";
        String end = after.isEmpty() || after.equals("\"") ? "" : " + \"" + after;
        String plain = start + "i" + end;
        return before.equals("\"") && end.isEmpty() ? "\"\" + i" : plain;
    }

    private void loop(List<BlockItem> run, Lines lines) {
        BlockItem first = run.get(0);
        String common = counter(first, 1, run.get(1));
        int start = start(first, run.get(1));
        lines.add("for (int i = " + start + "; i < " + (start + run.size()) + "; i++) {")
                .indent()
                .add("x = " + first.method.call(head.name(), "x", common, first.block) + ";")
                .outdent()
                .add("}");
    }

    private static int start(BlockItem first, BlockItem second) {
        String a = first.method.common(first.block);
        String b = second.method.common(second.block);
        Matcher number = NUMBER.matcher(a);
        while (number.find()) {
            int value = Integer.parseInt(number.group());
            if (b.equals(a.substring(0, number.start()) + (value + 1) + a.substring(number.end()))) {
                return value;
            }
        }
        throw new IllegalStateException(a + " and " + b);
    }

    /** An input. */
    private record InputItem(Value result, String port) implements Item {
        @Override
        public List<Value> operands() {
            return List.of();
        }

        @Override
        public Expression write(Expression receiver, List<String> others) {
            return new Expression("net.input(" + Literals.text(port) + ")", List.of());
        }

        @Override
        public boolean isChained() {
            return true;
        }
    }

    /** A call of a method of {@link dev.octet.dsl.Tensor}. */
    private record ValueItem(Value result, int index, CallText text) implements Item {
        @Override
        public List<Value> operands() {
            return result.operands();
        }

        @Override
        public Expression write(Expression receiver, List<String> others) {
            List<String> calls = new ArrayList<>(receiver.calls());
            calls.add(text.of(result, index, others));
            return new Expression(receiver.start(), calls);
        }

        @Override
        public boolean isChained() {
            return true;
        }
    }

    /** A call of a block's method. */
    private final class BlockItem implements Item {
        private final Block block;
        private final Method method;

        BlockItem(Block block, Method method) {
            this.block = block;
            this.method = method;
        }

        @Override
        public Value result() {
            return block.result();
        }

        @Override
        public List<Value> operands() {
            return List.of(block.operand());
        }

        @Override
        public Expression write(Expression receiver, List<String> others) {
            return new Expression(method.call(head.name(), receiver.line(), method.common(block), block), List.of());
        }

        @Override
        public boolean isChained() {
            return false;
        }
    }

    /** Types and methods of the definition language that a class uses, for its imports. */
    static Set<String> used(String body) {
        Set<String> used = new TreeSet<>();
        for (String word : new LinkedHashSet<>(List.of("Tensor", "Net", "Kernel"))) {
            if (body.matches("(?s).*\\b" + word + "\\b.*")) {
                used.add(word);
            }
        }
        return used;
    }

    /** Inputs right before they are needed, so that what comes before is seen not to depend on them. */
    private static final class InputOrder {
        static List<Value> late(List<Value> values) {
            Map<Value, Integer> first = new HashMap<>();
            for (int i = values.size() - 1; i >= 0; i--) {
                for (Value operand : values.get(i).operands()) {
                    first.put(operand, i);
                }
            }
            List<Value> ordered = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                int place = i;
                values.stream()
                        .filter(value -> value.call() instanceof Call.Input)
                        .filter(value -> first.getOrDefault(value, values.size()) == place)
                        .forEach(ordered::add);
                if (!(values.get(i).call() instanceof Call.Input)) {
                    ordered.add(values.get(i));
                }
            }
            values.stream()
                    .filter(value -> value.call() instanceof Call.Input && !first.containsKey(value))
                    .forEach(ordered::add);
            return ordered;
        }
    }
}
