package dev.octet.tools.onnx.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** The values that the outputs depend on, and how often each is used. */
public final class Network {
    private final List<Value> inputs;
    private final Map<String, Value> outputs;
    private final Map<Value, Integer> uses = new IdentityHashMap<>();

    /**
     * A network.
     *
     * @param inputs values of the input ports, in their order
     * @param outputs values of the output ports by name, in their order
     */
    Network(List<Value> inputs, Map<String, Value> outputs) {
        this.inputs = List.copyOf(inputs);
        this.outputs = new LinkedHashMap<>(outputs);
        this.outputs.values().forEach(this::hold);
    }

    private void hold(Value value) {
        List<Value> pending = new ArrayList<>(List.of(value));
        while (!pending.isEmpty()) {
            Value next = pending.remove(pending.size() - 1);
            if (uses.merge(next, 1, Integer::sum) == 1) {
                pending.addAll(next.operands());
            }
        }
    }

    private void release(Value value) {
        List<Value> pending = new ArrayList<>(List.of(value));
        while (!pending.isEmpty()) {
            Value next = pending.remove(pending.size() - 1);
            if (uses.merge(next, -1, Integer::sum) == 0) {
                uses.remove(next);
                pending.addAll(next.operands());
            }
        }
    }

    /** Values of the input ports. */
    public List<Value> inputs() {
        return inputs;
    }

    /** Values of the output ports, by name. */
    public Map<String, Value> outputs() {
        return Collections.unmodifiableMap(outputs);
    }

    /** How many calls and outputs use a value; an output counts as one. */
    public int uses(Value value) {
        return uses.getOrDefault(value, 0);
    }

    /** Whether a value is used by one call only, or by one output. */
    boolean isSingle(Value value) {
        return uses(value) == 1;
    }

    /** Lets another call make a value. */
    void rewrite(Value value, Call call, Value... operands) {
        List<Value> before = List.copyOf(value.operands());
        for (Value operand : operands) {
            hold(operand);
        }
        value.become(call, operands);
        before.forEach(this::release);
    }

    /** Lets all users of a value use another instead. */
    void replace(Value value, Value other) {
        for (Value user : List.copyOf(uses.keySet())) {
            for (int i = 0; i < user.operands().size(); i++) {
                if (user.operand(i) == value) {
                    hold(other);
                    user.operands().set(i, other);
                    release(value);
                }
            }
        }
        for (Map.Entry<String, Value> output : outputs.entrySet()) {
            if (output.getValue() == value) {
                hold(other);
                output.setValue(other);
                release(value);
            }
        }
    }

    /** Values in use, each after its operands, otherwise in the model's order. */
    public List<Value> values() {
        Map<Value, List<Value>> users = new IdentityHashMap<>();
        Map<Value, Integer> missing = new IdentityHashMap<>();
        Map<Value, Integer> numbers = numbered();
        PriorityQueue<Value> ready =
                new PriorityQueue<>(Comparator.comparingLong(Value::order).thenComparingInt(numbers::get));
        for (Value value : numbers.keySet()) {
            missing.put(value, value.operands().size());
            value.operands()
                    .forEach(operand -> users.computeIfAbsent(operand, o -> new ArrayList<>())
                            .add(value));
            if (value.operands().isEmpty()) {
                ready.add(value);
            }
        }
        List<Value> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            Value next = ready.remove();
            sorted.add(next);
            for (Value user : users.getOrDefault(next, List.of())) {
                if (missing.merge(user, -1, Integer::sum) == 0) {
                    ready.add(user);
                }
            }
        }
        return sorted;
    }

    /** Values in use in an order that depends on nothing but the network: depth first from the outputs. */
    private Map<Value, Integer> numbered() {
        Map<Value, Integer> numbers = new IdentityHashMap<>();
        List<Value> pending = new ArrayList<>(outputs.values());
        Collections.reverse(pending);
        while (!pending.isEmpty()) {
            Value next = pending.remove(pending.size() - 1);
            if (numbers.putIfAbsent(next, numbers.size()) == null) {
                for (int i = next.operands().size() - 1; i >= 0; i--) {
                    pending.add(next.operand(i));
                }
            }
        }
        return numbers;
    }

    /** Input ports that no output depends on. */
    Set<String> unused() {
        Map<String, Boolean> unused = new HashMap<>();
        for (Value input : inputs) {
            if (uses(input) == 0) {
                unused.put(((Call.Input) input.call()).port(), true);
            }
        }
        return unused.keySet();
    }
}
