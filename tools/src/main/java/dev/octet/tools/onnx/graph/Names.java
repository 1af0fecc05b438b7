package dev.octet.tools.onnx.graph;

import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of values in the alphabet of the definition language, as close to the model's as it allows. */
public final class Names {
    private static final int LONGEST = 150;

    private final Set<String> taken = new HashSet<>();
    private final Map<Value, String> names = new IdentityHashMap<>();
    private final Set<Value> given = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

    private final Map<String, String> inputs;

    private Names(Map<String, String> inputs) {
        this.inputs = inputs;
    }

    /**
     * Names for all values of a network.
     *
     * @param inputs names of the input ports, by their names in the model
     * @param outputs names of the output ports; no other value may have a port's name
     */
    static Names of(List<Value> values, Map<String, String> inputs, Collection<String> outputs) {
        Names names = new Names(inputs);
        names.taken.addAll(inputs.values());
        names.taken.addAll(outputs);
        values.forEach(names::add);
        return names;
    }

    private void add(Value value) {
        if (value.call() instanceof Call.Input input) {
            names.put(value, inputs.get(input.port()));
        } else if (value.call() instanceof Call.Layer) {
            give(value, sanitised(value.hint(), "layer"));
        } else {
            String own = name(value.operand(0)) + "." + suffix(value.call());
            // Functions other than relu take no name.
            boolean fixed = value.call() instanceof Call.Unary unary && !takesName(unary.function());
            if (fixed || own.length() <= LONGEST && !taken.contains(own)) {
                taken.add(own);
                names.put(value, own);
            } else {
                give(value, own.length() <= LONGEST ? own : sanitised(value.hint(), "value"));
            }
        }
    }

    private void give(Value value, String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        names.put(value, name);
        given.add(value);
    }

    private static boolean takesName(Function function) {
        return switch (function) {
            case RELU, GLOBAL_AVG_POOL, FLATTEN -> true;
            default -> false;
        };
    }

    /** What the definition language adds to the operand's name, if a value is not given one. */
    private static String suffix(Call call) {
        if (call instanceof Call.Unary unary) {
            return unary.function().method();
        } else if (call instanceof Call.Pool pool) {
            return pool.max() ? "maxPool" : "avgPool";
        } else if (call instanceof Call.PadChannels) {
            return "pad";
        }
        String name = call.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The complete name of a value. */
    public String name(Value value) {
        return names.get(value);
    }

    /** Whether a definition must give the name; all layers need one. */
    public boolean isGiven(Value value) {
        return given.contains(value);
    }

    /**
     * A name of the model in the alphabet of the definition language: segments of ASCII letters, digits and underscores, joined
     * by single dots or hyphens.
     *
     * @param otherwise what to take if nothing is left
     */
    public static String sanitised(String name, String otherwise) {
        String plain = name.replaceAll("[/:\\\\]+", ".")
                .replaceAll("[^A-Za-z0-9_.-]", "_")
                .replaceAll("[.-]*\\.[.-]*", ".")
                .replaceAll("-+", "-")
                .replaceAll("^[.-]+|[.-]+$", "");
        String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST).replaceAll("[.-]+$", "") : plain;
        return cut.isEmpty() ? otherwise : cut;
    }
}
