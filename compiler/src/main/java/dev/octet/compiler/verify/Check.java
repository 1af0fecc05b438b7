package dev.octet.compiler.verify;

import dev.octet.plan.graph.Node;
import java.util.Locale;
import java.util.Optional;

/** One rule that every node of a graph obeys. */
@FunctionalInterface
interface Check {
    /** What is wrong with a node, in words that follow its name; empty if the node obeys the rule. */
    Optional<String> offence(Scope scope, Node node);

    /** An offence if {@code broken}, formatted alike in every locale. */
    static Optional<String> when(boolean broken, String text, Object... arguments) {
        return broken ? Optional.of(String.format(Locale.ROOT, text, arguments)) : Optional.empty();
    }
}
