package dev.octet.compiler.pass;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.util.HashSet;
import java.util.Set;

/** What the users of each value of a float graph want to read: integers, floats, or floats in the order of outputs. */
final class Demand {
    private final Set<Integer> integers = new HashSet<>();
    private final Set<Integer> floats = new HashSet<>();
    private final Set<Integer> leaving = new HashSet<>();
    private final Set<Integer> inside = new HashSet<>();

    Demand(Graph graph, Set<String> fp32, JoinedScales joined) {
        for (Node user : graph.nodes()) {
            for (int input : user.inputs()) {
                if (user.isHosts()) {
                    leaving.add(input);
                    continue;
                }
                inside.add(input);
                if (fp32.contains(user.name())) {
                    floats.add(input);
                } else if (!(user.op() instanceof Op.Concat)
                        || joined.joinedBy(input).filter(user::equals).isPresent()) {
                    integers.add(input);
                }
            }
        }
    }

    /** Whether an operator reads integers; a concatenation does if the value is made in its scale, else it rounds itself. */
    boolean wantsIntegers(int id) {
        return integers.contains(id);
    }

    /** Whether an operator that stays in FP32 reads the value. */
    boolean wantsFloats(int id) {
        return floats.contains(id);
    }

    /** Whether an output or a softmax reads the value. */
    boolean leaves(int id) {
        return leaving.contains(id);
    }

    /** Whether an operator reads the value on the device. */
    boolean isUsedInside(int id) {
        return inside.contains(id);
    }
}
