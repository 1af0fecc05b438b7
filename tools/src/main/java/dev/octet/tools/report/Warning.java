package dev.octet.tools.report;

import java.util.List;

/**
 * Something about a network that its owner may want to change.
 *
 * @param title what is the matter
 * @param advice what to do
 * @param layers operators that it is about
 * @param notes what is to be said of each of these; empty, or as many as there are operators
 */
record Warning(String title, String advice, List<Layer> layers, List<String> notes) {
    Warning {
        layers = List.copyOf(layers);
        notes = List.copyOf(notes);
        if (!notes.isEmpty() && notes.size() != layers.size()) {
            throw new IllegalArgumentException("one note for each operator");
        }
    }

    /** A warning that is about no operator in particular. */
    static Warning of(String title, String advice) {
        return new Warning(title, advice, List.of(), List.of());
    }
}
