package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.Names;
import dev.octet.tools.onnx.graph.Value;
import java.util.List;

/**
 * Neighbouring values that are computed from one, and of which only the last is used elsewhere.
 *
 * @param operand what they are computed from
 * @param values the values, each after its operands
 */
record Block(Value operand, List<Value> values) {
    Block {
        values = List.copyOf(values);
    }

    /** What the block results in. */
    Value result() {
        return values.get(values.size() - 1);
    }

    /** Values with weights. */
    List<Value> layers() {
        return values.stream()
                .filter(value -> value.call() instanceof Call.Layer)
                .toList();
    }

    /** Values whose names a definition must give. */
    List<Value> named(Names names) {
        return values.stream().filter(names::isGiven).toList();
    }

    /** Place of a value among the block's; -1 for its operand. */
    int index(Value value) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == value) {
                return i;
            }
        }
        return -1;
    }

    /** The longest beginning that all given names share, up to a dot or an underscore, which it includes; may be empty. */
    String prefix(Names names) {
        String shared = null;
        for (Value value : named(names)) {
            String name = names.name(value);
            shared = shared == null ? name : common(shared, name);
        }
        if (shared == null) {
            return "";
        }
        int end = Math.max(shared.lastIndexOf('.'), shared.lastIndexOf('_'));
        return shared.substring(0, end + 1);
    }

    private static String common(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return a.substring(0, i);
    }
}
