package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.Value;
import dev.octet.tools.onnx.source.Item.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the statements of a method: chains of calls, with variables where a value is used again. The variable {@code x} of
 * {@code define} takes one value after the other, as long as nothing needs the one before.
 */
final class BodyWriter {
    private static final int LONGEST_CHAIN = 7;
    private static final int LONGEST_ARGUMENT = 60;
    /** Calls of what is called a shortcut; longer ones are branches themselves. */
    private static final int LONGEST_SHORTCUT = 2;

    private final Lines lines;
    private final List<Item> items;
    private final Map<Value, Item> makers = new IdentityHashMap<>();
    private final Map<Value, List<Item>> users = new IdentityHashMap<>();
    private final Map<Value, Integer> outputs = new IdentityHashMap<>();
    private final Map<Value, String> variables = new IdentityHashMap<>();
    private final Set<Item> written = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> taken;
    private final boolean reuses;
    private LayerLabels labels = layer -> "";
    private Value held;
    private boolean declared;

    /**
     * A writer.
     *
     * @param items what is computed, each after its operands
     * @param results values that are returned or declared as outputs
     * @param taken names of parameters
     * @param reuses whether {@code x} is a variable rather than a parameter
     */
    BodyWriter(Lines lines, List<Item> items, Iterable<Value> results, Set<String> taken, boolean reuses) {
        this.lines = lines;
        this.items = items;
        this.taken = new HashSet<>(taken);
        this.reuses = reuses;
        for (Item item : items) {
            makers.put(item.result(), item);
            item.operands()
                    .forEach(operand -> users.computeIfAbsent(operand, o -> new ArrayList<>())
                            .add(item));
        }
        results.forEach(result -> outputs.merge(result, 1, Integer::sum));
    }

    /** What layers are called, for the names of variables. */
    @FunctionalInterface
    interface LayerLabels {
        String apply(Value layer);
    }

    void labels(LayerLabels function) {
        labels = function;
    }

    /** A value that has a variable before the first statement. */
    void define(Value value, String variable) {
        variables.put(value, variable);
    }

    /** Writes the statements of all items but those that the results' own expressions consist of. */
    void write() {
        for (Item item : items) {
            if (!written.contains(item) && needsVariable(item)) {
                assign(item);
            }
        }
    }

    private int uses(Value value) {
        return users.getOrDefault(value, List.of()).size() + outputs.getOrDefault(value, 0);
    }

    private boolean needsVariable(Item item) {
        Value value = item.result();
        if (uses(value) != 1) {
            return true;
        }
        if (outputs.containsKey(value)) {
            return false;
        }
        Item user = users.get(value).get(0);
        boolean receiver = user.operands().get(0) == value;
        if (!receiver) {
            return pending(item).line().length() > LONGEST_ARGUMENT;
        }
        if (!item.isChained() || !user.isChained()) {
            return true;
        }
        boolean layerNext =
                user.result().call() instanceof Call.Layer && !(user.result().call() instanceof Call.Norm);
        return layerNext && chain(item) >= LONGEST_CHAIN - 2 || chain(item) >= LONGEST_CHAIN;
    }

    /** How many calls the expression of an item has. */
    private int chain(Item item) {
        return pending(item).calls().size();
    }

    /** The expression as it would be now; nothing is taken for written. */
    private Expression pending(Item item) {
        List<String> others = new ArrayList<>();
        for (int i = 1; i < item.operands().size(); i++) {
            others.add(pending(item.operands().get(i)).line());
        }
        Expression receiver = item.operands().isEmpty()
                ? new Expression("", List.of())
                : pending(item.operands().get(0));
        return item.write(receiver, others);
    }

    private Expression pending(Value value) {
        String variable = variables.get(value);
        return variable != null ? new Expression(variable, List.of()) : pending(makers.get(value));
    }

    /** The expression of a value, whose items are written with it. */
    Expression take(Value value) {
        Expression expression = pending(value);
        mark(value);
        return expression;
    }

    private void mark(Value value) {
        if (variables.get(value) == null) {
            Item item = makers.get(value);
            written.add(item);
            item.operands().forEach(this::mark);
        }
    }

    private void assign(Item item) {
        Expression expression = pending(item);
        written.add(item);
        item.operands().forEach(this::mark);
        Value value = item.result();
        boolean free = held == null
                || users.getOrDefault(held, List.of()).stream().allMatch(written::contains)
                        && !outputs.containsKey(held);
        if (reuses && free) {
            lines.statement(declared ? "x = " : "Tensor x = ", expression);
            hold(value);
            return;
        }
        String name = Method.unique(wanted(item), taken);
        lines.statement("Tensor " + name + " = ", expression);
        variables.put(value, name);
    }

    private void hold(Value value) {
        variables.remove(held);
        held = value;
        declared = true;
        variables.put(value, "x");
    }

    /** Whether the items can be a loop on {@code x}: it holds the first's operand, and each value is used by the next only. */
    boolean canLoop(List<? extends Item> run) {
        Value before = run.get(0).operands().get(0);
        if (!reuses || held != before || uses(before) != 1) {
            return false;
        }
        for (int i = 0; i < run.size() - 1; i++) {
            if (uses(run.get(i).result()) != 1) {
                return false;
            }
        }
        return true;
    }

    /** Takes items for written, whose last result is in {@code x} now. */
    void looped(List<? extends Item> run) {
        written.addAll(run);
        hold(run.get(run.size() - 1).result());
    }

    /** Writes one item, if it is not part of another's expression. */
    void write(Item item) {
        if (!written.contains(item) && needsVariable(item)) {
            assign(item);
        }
    }

    private String wanted(Item item) {
        Value value = item.result();
        List<Item> next = users.getOrDefault(value, List.of());
        if (next.size() == 1) {
            Value user = next.get(0).result();
            boolean first = next.get(0).operands().get(0) == value;
            if (user.call() instanceof Call.Add) {
                return first || chain(item) > LONGEST_SHORTCUT ? "branch" : "shortcut";
            } else if (user.call() instanceof Call.Gate && !first) {
                return "gates";
            }
        }
        return next.size() > 1 && !reuses ? "y" : Literals.identifier(label(value), "branch");
    }

    /** What the layer that a value comes from is called. */
    private String label(Value value) {
        Value at = value;
        while (!(at.call() instanceof Call.Layer)) {
            if (at.operands().isEmpty() || variables.get(at) != null) {
                return "";
            }
            at = at.operand(0);
        }
        return labels.apply(at);
    }
}
