package dev.octet.processor.weights;

import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import java.util.Optional;

/**
 * The bias that a layer does not add: easily forgotten, since it changes every result a little.
 *
 * @param key key that its tensor would have
 * @param remedy call that would add it
 */
record MissingBias(String key, String remedy) {
    /** The bias of a layer that is declared without one. */
    static Optional<MissingBias> of(TracedNode node) {
        if (node.op() instanceof TracedOp.Conv2d conv && !conv.bias()) {
            return Optional.of(new MissingBias(conv.name() + ".bias", "kernel(...).bias()"));
        }
        if (node.op() instanceof TracedOp.Dense dense && !dense.bias()) {
            return Optional.of(new MissingBias(dense.name() + ".bias", "dense instead of denseWithoutBias"));
        }
        return Optional.empty();
    }
}
