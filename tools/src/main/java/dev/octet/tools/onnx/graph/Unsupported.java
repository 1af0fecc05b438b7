package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.ModelNode;
import dev.octet.tools.onnx.file.ModelText;
import java.util.List;

/**
 * A node that cannot be imported.
 *
 * @param node the node
 * @param shapes shapes of its operands, for people
 * @param reason why
 */
public record Unsupported(ModelNode node, List<String> shapes, String reason) {
    private static final int MOST_SHAPES = 6;

    public Unsupported {
        shapes = List.copyOf(shapes);
    }

    /** The node in one line: name, operator, shapes and reason. */
    public String line() {
        String operator = node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
        List<String> shown = shapes.size() > MOST_SHAPES ? shapes.subList(0, MOST_SHAPES) : shapes;
        String more = shapes.size() > MOST_SHAPES ? ", ..." : "";
        String text = node.label() + ": " + operator + "(" + String.join(", ", shown) + more + "): " + reason;
        return ModelText.plain(text);
    }
}
