package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.Names;
import dev.octet.tools.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Beginnings of names that layers share because they belong to one numbered block: {@code layer1.0} of
 * {@code layer1.0.conv1}, {@code fire2} of {@code fire2_expand3x3}.
 */
final class Keys {
    /** Words whose digit is no number of a block. */
    private static final String DIMENSIONS = "[Cc]onv[0-9]d";

    private final Names names;
    /** How many layers, not counting normalisations, have a beginning. */
    private final Map<String, Integer> sizes = new HashMap<>();

    Keys(Names names, List<Value> values) {
        this.names = names;
        for (Value value : values) {
            if (value.call() instanceof Call.Layer && !(value.call() instanceof Call.Norm)) {
                numbered(names.name(value)).forEach(key -> sizes.merge(key, 1, Integer::sum));
            }
        }
    }

    /** Beginnings of a name, shortest first, that end before a dot or an underscore and whose last part has a digit. */
    private static List<String> numbered(String name) {
        List<String> keys = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '.' || name.charAt(i) == '_') {
                String part = name.substring(start, i);
                if (part.matches(".*[0-9].*") && !part.matches(DIMENSIONS)) {
                    keys.add(name.substring(0, i));
                }
                start = i + 1;
            }
        }
        return keys;
    }

    /** The longest beginning that a layer shares with another; empty if there is none. */
    Optional<String> of(Value layer) {
        String longest = null;
        for (String key : numbered(names.name(layer))) {
            if (sizes.getOrDefault(key, 0) > 1) {
                longest = key;
            }
        }
        return Optional.ofNullable(longest);
    }

    /** Whether a layer belongs to the block of a key, or to one within it. */
    boolean holds(String key, Value layer) {
        return numbered(names.name(layer)).contains(key);
    }

    /** Whether the layers belong to one block: those that belong to any have a beginning in common. */
    boolean areOne(List<Value> layers) {
        List<String> common = null;
        for (Value layer : layers) {
            List<String> own = numbered(names.name(layer)).stream()
                    .filter(key -> sizes.getOrDefault(key, 0) > 1)
                    .toList();
            if (!own.isEmpty()) {
                List<String> before = common == null ? own : common;
                common = before.stream().filter(own::contains).toList();
            }
        }
        return common == null || !common.isEmpty();
    }
}
