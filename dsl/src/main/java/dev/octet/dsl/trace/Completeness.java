package dev.octet.dsl.trace;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import java.util.BitSet;
import java.util.List;

/** What must hold when a definition has returned: every port is used, and every value reaches an output. */
final class Completeness {
    private final List<TracedNode> nodes;

    Completeness(List<TracedNode> nodes) {
        this.nodes = nodes;
    }

    void check(List<PortShape> inputs, List<PortShape> outputs) {
        for (PortShape input : inputs) {
            requirePort(new TracedOp.Input(input.name()), DslCode.UNUSED_INPUT, input.name());
        }
        for (PortShape output : outputs) {
            requirePort(new TracedOp.Output(output.name()), DslCode.MISSING_OUTPUT, output.name());
        }
        requireAllAlive();
    }

    private void requirePort(TracedOp op, DslCode code, String name) {
        if (nodes.stream().noneMatch(node -> node.op().equals(op))) {
            throw new DslException(code, name, name);
        }
    }

    /** Backwards from the outputs. The last dead value has no user at all: the end of the dead branch. */
    private void requireAllAlive() {
        BitSet alive = new BitSet();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            TracedNode node = nodes.get(i);
            if (node.op() instanceof TracedOp.Output) {
                alive.set(i);
            }
            if (!alive.get(i)) {
                throw new DslException(node.line(), DslCode.DEAD_VALUE, node.name());
            }
            node.inputs().forEach(alive::set);
        }
    }
}
