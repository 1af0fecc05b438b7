package dev.octet.tools.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Things of one kind in order, each with a key of its own: the values of a graph, the steps of a program. */
final class Listing {
    private final String title;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * An empty listing.
     *
     * @param title heading over its changes; listings of two builds are compared if their titles are equal
     */
    Listing(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Adds an entry; a key that is there already is numbered. */
    void add(String key, Map<String, String> attributes) {
        String unique = key;
        for (int i = 2; entries.containsKey(unique); i++) {
            unique = key + " (" + i + ")";
        }
        entries.put(unique, new Entry(unique, attributes));
    }

    /** Lines that say what a later listing has otherwise: removed, added and changed entries, and their order. */
    List<String> changesTo(Listing later) {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries.values()) {
            Entry other = later.entries.get(entry.key());
            if (other == null) {
                lines.add("- " + entry.text());
            } else if (!other.attributes().equals(entry.attributes())) {
                lines.add("~ " + entry.changesTo(other));
            }
        }
        later.entries.values().stream()
                .filter(entry -> !entries.containsKey(entry.key()))
                .forEach(entry -> lines.add("+ " + entry.text()));
        addOrder(later, lines);
        return lines;
    }

    private void addOrder(Listing later, List<String> lines) {
        List<String> before = new ArrayList<>(entries.keySet());
        List<String> after = new ArrayList<>(later.entries.keySet());
        before.retainAll(later.entries.keySet());
        after.retainAll(entries.keySet());
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                lines.add("~ order: " + after.get(i) + " comes before " + before.get(i) + " now");
                return;
            }
        }
    }
}
