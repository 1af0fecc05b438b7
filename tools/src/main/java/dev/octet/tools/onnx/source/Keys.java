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
                if (i > start && name.substring(start, i).matches(".*[0-9].*")) {
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
}
