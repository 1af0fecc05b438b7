package dev.octet.dsl.trace;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import java.util.List;

/**
 * A recorded definition.
 *
 * @param nodes calls in order
 */
public record TracedNetwork(List<TracedNode> nodes) {
    /**
     * Most calls of a definition. Far above any network; a loop without end stops here instead of filling the memory, and
     * what a plan file can list, 2^14 values, has room for these and for the values that the compiler adds.
     */
    public static final int MOST_CALLS = 10_000;

    public TracedNetwork {
        nodes = List.copyOf(nodes);
        requireRoom(nodes.size());
    }

    /** Refuses a number of calls above {@link #MOST_CALLS}. */
    static void requireRoom(int calls) {
        if (calls > MOST_CALLS) {
            throw new DslException(DslCode.TOO_MANY_OPERATORS, MOST_CALLS);
        }
    }
}
