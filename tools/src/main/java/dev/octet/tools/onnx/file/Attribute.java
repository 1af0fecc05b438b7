package dev.octet.tools.onnx.file;

import java.util.List;
import java.util.Optional;

/**
 * An attribute of a node. Which of the components says something depends on its type.
 *
 * @param decimal a float
 * @param integer an integer
 * @param text text; empty where there is none
 * @param integers integers
 * @param decimals floats
 * @param tensor a tensor
 * @param graph whether it is a graph, as loops and branches have
 */
public record Attribute(
        float decimal,
        long integer,
        String text,
        List<Long> integers,
        List<Float> decimals,
        Optional<Constant> tensor,
        boolean graph) {
    public Attribute {
        integers = List.copyOf(integers);
        decimals = List.copyOf(decimals);
    }
}
