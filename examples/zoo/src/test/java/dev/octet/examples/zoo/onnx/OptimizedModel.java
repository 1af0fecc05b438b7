package dev.octet.examples.zoo.onnx;

import dev.octet.testkit.onnx.ProtoMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often a model has each operator.
 *
 * @param operators counts by name
 */
public record OptimizedModel(Map<String, Integer> operators) {
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int OPERATOR = 4;

    /** Reads a model's file. */
    public static OptimizedModel read(Path file) throws IOException {
        Map<String, Integer> operators = new TreeMap<>();
        ProtoMessage.parse(Files.readAllBytes(file))
                .message(GRAPH)
                .messages(NODE)
                .forEach(node -> operators.merge(node.string(OPERATOR), 1, Integer::sum));
        return new OptimizedModel(operators);
    }

    /** Number of nodes of an operator. */
    public int count(String operator) {
        return operators.getOrDefault(operator, 0);
    }

    @Override
    public String toString() {
        return operators.toString();
    }
}
