package dev.octet.tools.diff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One thing of a {@link Listing}.
 *
 * @param key what it is known by
 * @param attributes what is said of it by name, the most telling first; the name may be empty
 */
record Entry(String key, Map<String, String> attributes) {
    private static final String ABSENT = "none";
    private static final int SHOWN = 3;

    Entry {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The entry in brief: its key and its first attributes. */
    String text() {
        return attributes.entrySet().stream()
                .limit(SHOWN)
                .map(attribute -> (attribute.getKey() + " " + attribute.getValue()).strip())
                .collect(Collectors.joining(", ", key + ": ", ""));
    }

    /** The attributes that another entry of this key has otherwise: {@code grid 196/128x1 -> 196/64x1}. */
    String changesTo(Entry other) {
        Set<String> names = new LinkedHashSet<>(attributes.keySet());
        names.addAll(other.attributes.keySet());
        List<String> changes = new ArrayList<>();
        for (String name : names) {
            String before = attributes.getOrDefault(name, ABSENT);
            String after = other.attributes.getOrDefault(name, ABSENT);
            if (!before.equals(after)) {
                changes.add((name + " " + before + " -> " + after).strip());
            }
        }
        return key + ": " + String.join(", ", changes);
    }
}
