package dev.octet.tools.onnx.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contents of an ONNX file.
 *
 * @param opset version of ONNX's operators
 * @param producer what wrote the file; may be empty
 * @param nodes in the file's order
 * @param constants tensors by name
 * @param inputs inputs, without those that are constants
 * @param outputs outputs
 */
public record Model(
        int opset,
        String producer,
        List<ModelNode> nodes,
        Map<String, Constant> constants,
        List<ModelPort> inputs,
        List<ModelPort> outputs) {
    public Model {
        nodes = List.copyOf(nodes);
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
