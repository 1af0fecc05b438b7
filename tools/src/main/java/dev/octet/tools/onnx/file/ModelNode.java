package dev.octet.tools.onnx.file;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node of a model.
 *
 * @param name its name; may be empty
 * @param operator name of the operator
 * @param domain where it is defined; empty for ONNX's own
 * @param inputs names of operands; empty where one is left out
 * @param outputs names of results; empty where one is not wanted
 * @param attributes by name
 */
public record ModelNode(
        String name,
        String operator,
        String domain,
        List<String> inputs,
        List<String> outputs,
        Map<String, Attribute> attributes) {
    public ModelNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** Whether the node has an operand at this place. */
    public boolean has(int input) {
        return input < inputs.size() && !inputs.get(input).isEmpty();
    }

    /** An integer attribute. */
    public long integer(String attribute, long absent) {
        return attributes.containsKey(attribute) ? attributes.get(attribute).integer() : absent;
    }

    /** A float attribute. */
    public float decimal(String attribute, float absent) {
        return attributes.containsKey(attribute) ? attributes.get(attribute).decimal() : absent;
    }

    /** A text attribute. */
    public String text(String attribute, String absent) {
        return attributes.containsKey(attribute) ? attributes.get(attribute).text() : absent;
    }

    /** An attribute of integers. */
    public List<Long> integers(String attribute, List<Long> absent) {
        return attributes.containsKey(attribute) ? attributes.get(attribute).integers() : absent;
    }

    /** The name for people: its own, else that of its first result. */
    public String label() {
        return name.isEmpty() && !outputs.isEmpty() ? outputs.get(0) : name;
    }
}
