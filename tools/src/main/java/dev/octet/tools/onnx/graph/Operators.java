package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.graph.Operand.Computed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operators that can be imported, by name. */
final class Operators {
    private static final Map<String, Operator> ALL = new TreeMap<>();

    static {
        LayerOperators.register();
        PoolOperators.register();
        ElementOperators.register();
        ShapeOperators.register();
    }

    private Operators() {}

    /** Translates a node to the results that it has; throws {@link Refusal}. */
    @FunctionalInterface
    interface Operator {
        List<Operand> translate(Step step);
    }

    /** Translates a node of one result. */
    @FunctionalInterface
    interface Simple {
        Value translate(Step step);
    }

    static void add(String name, Simple operator) {
        ALL.put(name, step -> List.of(new Computed(operator.translate(step))));
    }

    static void addAll(String name, Operator operator) {
        ALL.put(name, operator);
    }

    /** The operator of that name among ONNX's own. */
    static Optional<Operator> find(String domain, String name) {
        return domain.isEmpty() || domain.equals("com.microsoft") && name.equals("Gelu")
                ? Optional.ofNullable(ALL.get(name))
                : Optional.empty();
    }
}
