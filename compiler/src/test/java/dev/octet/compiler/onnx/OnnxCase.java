package dev.octet.compiler.onnx;

import dev.octet.testkit.onnx.ProtoMessage;
import dev.octet.testkit.onnx.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A conformance case: a folder with a model, inputs, and the outputs that they must give. */
final class OnnxCase {
    private static final Set<Long> EIGHT_BITS = Set.of(2L, 3L);

    private final Path folder;
    private final ProtoMessage graph;

    private OnnxCase(Path folder, ProtoMessage graph) {
        this.folder = folder;
        this.graph = graph;
    }

    static OnnxCase read(Path folder) {
        return new OnnxCase(
                folder, ProtoMessage.parse(bytes(folder.resolve("model.onnx"))).message(7));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** Names of the operators. */
    List<String> operators() {
        return graph.messages(1).stream().map(node -> node.string(4)).toList();
    }

    /** Whether an operator quantises or computes with bytes. */
    boolean isQuantized() {
        return operators().stream().anyMatch(op -> op.matches(".*(Quantize|QLinear|Integer|QGemm).*"))
                || elementTypes().stream().anyMatch(EIGHT_BITS::contains);
    }

    /** Numbers of the element types of inputs and outputs. */
    List<Long> elementTypes() {
        List<ProtoMessage> values = new ArrayList<>(graph.messages(11));
        values.addAll(graph.messages(12));
        return values.stream()
                .map(value -> value.message(2).message(1).number(1, 0))
                .toList();
    }

    /** The inputs of the only node, empty where an optional one is left out. */
    List<Optional<TensorData>> inputs() {
        Map<String, TensorData> byName = new HashMap<>();
        List<ProtoMessage> declared = graph.messages(11);
        for (int i = 0; i < declared.size(); i++) {
            byName.put(declared.get(i).string(1), tensor("input_" + i));
        }
        return node().strings(1).stream()
                .map(name -> Optional.ofNullable(byName.get(name)))
                .toList();
    }

    private ProtoMessage node() {
        List<ProtoMessage> nodes = graph.messages(1);
        if (nodes.size() != 1) {
            throw new IllegalArgumentException(name() + " has " + nodes.size() + " nodes");
        }
        return nodes.get(0);
    }

    /** The expected output. */
    TensorData output(int index) {
        return tensor("output_" + index);
    }

    private TensorData tensor(String file) {
        return TensorData.parse(bytes(folder.resolve("test_data_set_0").resolve(file + ".pb")));
    }

    /** Attributes of integers of the only node: one integer is a list of one. */
    Map<String, List<Integer>> attributes() {
        Map<String, List<Integer>> all = new TreeMap<>();
        for (ProtoMessage attribute : node().messages(5)) {
            List<Long> values = new ArrayList<>(attribute.numbers(8));
            values.addAll(attribute.numbers(3));
            all.put(
                    attribute.string(1),
                    values.stream().map(value -> Math.toIntExact(value)).toList());
        }
        return all;
    }
}
