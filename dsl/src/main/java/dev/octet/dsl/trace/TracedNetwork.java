package dev.octet.dsl.trace;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A recorded definition.
 *
 * @param nodes calls in order
 * @param fp32 names of the values whose layers are to stay in FP32
 */
public record TracedNetwork(List<TracedNode> nodes, Set<String> fp32) {
    /**
     * Most calls of a definition. Far above any network; a loop without end stops here instead of filling the memory, and
     * what a plan file can list, 2^14 values, has room for these and for the values that the compiler adds.
     */
    public static final int MOST_CALLS = 10_000;

    public TracedNetwork {
        nodes = List.copyOf(nodes);
        fp32 = Set.copyOf(fp32);
        requireRoom(nodes.size());
    }

    /** A definition that leaves all its layers to be quantised. */
    public TracedNetwork(List<TracedNode> nodes) {
        this(nodes, Set.of());
    }

    /** Names of all values; those of layers are among them. */
    public Set<String> names() {
        return nodes.stream().map(TracedNode::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Refuses a number of calls above {@link #MOST_CALLS}. */
    static void requireRoom(int calls) {
        if (calls > MOST_CALLS) {
            throw new DslException(DslCode.TOO_MANY_OPERATORS, MOST_CALLS);
        }
    }
}
