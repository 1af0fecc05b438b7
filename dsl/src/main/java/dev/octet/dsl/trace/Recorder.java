package dev.octet.dsl.trace;

import dev.octet.dsl.Block;
import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import dev.octet.dsl.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The calls of one run of a definition, in order, with the names given so far. */
final class Recorder {
    private final CallSite callSite;
    private final List<TracedNode> nodes = new ArrayList<>();
    private final Map<String, TracedNode> byName = new HashMap<>();
    private final Set<String> fp32 = new TreeSet<>();
    private final Deque<String> scopes = new ArrayDeque<>();

    Recorder(CallSite callSite) {
        this.callSite = callSite;
    }

    /** A given name, preceded by the enclosing scopes. */
    String scoped(String name) {
        NameRules.check(name);
        return scopes.isEmpty() ? name : NameRules.check(scopes.peek() + "." + name);
    }

    /** The value of that name, if there is one. */
    Optional<TracedNode> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Records an operator and returns its value. */
    Tensor record(String name, TracedOp op, List<Integer> shape, RecordedTensor... operands) {
        NameRules.check(name);
        if (byName.containsKey(name)) {
            throw new DslException(DslCode.DUPLICATE_NAME, name, place(byName.get(name)), kind(op));
        }
        TracedNetwork.requireRoom(nodes.size() + 1);
        List<Integer> inputs = new ArrayList<>();
        for (RecordedTensor operand : operands) {
            inputs.add(operand.id());
        }
        TracedNode node = new TracedNode(nodes.size(), name, op, inputs, shape, callSite.find());
        nodes.add(node);
        byName.put(name, node);
        return new RecordedTensor(this, node);
    }

    /** Refuses anything that is not a value of this run. */
    RecordedTensor own(String user, Tensor tensor) {
        if (tensor == null) {
            throw new DslException(DslCode.MISSING_ARGUMENT, "The tensor of " + user);
        }
        if (tensor instanceof RecordedTensor recorded && recorded.recorder() == this) {
            return recorded;
        }
        throw new DslException(DslCode.FOREIGN_TENSOR, user);
    }

    Tensor scope(String name, RecordedTensor x, Block block) {
        if (block == null) {
            throw new DslException(DslCode.MISSING_ARGUMENT, "The block of scope " + name);
        }
        String scope = scoped(name);
        scopes.push(scope);
        try {
            return own("the result of scope " + name, block.apply(x));
        } catch (DslException e) {
            throw e.within(scope);
        } finally {
            scopes.pop();
        }
    }

    /** Marks a value whose layer stays in FP32. */
    void keepFp32(TracedNode node) {
        fp32.add(node.name());
    }

    List<TracedNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Names of the values that are marked. */
    Set<String> fp32() {
        return Set.copyOf(fp32);
    }

    /** File and line of a call, for messages. */
    static String place(TracedNode node) {
        return node.line().getFileName() + ":" + node.line().getLineNumber();
    }

    /** {@code MaxPool} to {@code maxPool}. */
    private static String kind(TracedOp op) {
        String name = op.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
