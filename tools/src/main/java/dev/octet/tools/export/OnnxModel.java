package dev.octet.tools.export;

import dev.octet.plan.diag.OctetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A model in the format of <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">ONNX</a>, being built. Numbers
 * of fields are those of that definition.
 */
final class OnnxModel {
    /**
     * Version of ONNX's operators: the first in which QuantizeLinear and DequantizeLinear have an axis, which weights with a
     * scale per channel need. Everything else that is written exists there, so that old runtimes read it too.
     */
    static final int OPSET = 13;

    /** Version of the file format that belongs to {@link #OPSET}. */
    private static final int IR_VERSION = 7;

    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_OUTPUT = 12;

    private final ProtoMessage graph;
    private final Set<String> constants = new HashSet<>();
    private int nodes;

    OnnxModel(String name) {
        graph = new ProtoMessage().text(2, name);
    }

    /**
     * An input, with the number of images as first extent.
     *
     * @param shape the other extents
     */
    String input(String name, OnnxType type, List<Integer> shape) {
        return port(GRAPH_INPUT, name, type, shape);
    }

    /** An output of floats, with the number of images as first extent. */
    String output(String name, List<Integer> shape) {
        return port(GRAPH_OUTPUT, name, OnnxType.FLOAT, shape);
    }

    private String port(int field, String name, OnnxType type, List<Integer> shape) {
        ProtoMessage extents = new ProtoMessage().message(1, new ProtoMessage().text(2, "N"));
        shape.forEach(extent -> extents.message(1, new ProtoMessage().number(1, extent)));
        ProtoMessage tensor = new ProtoMessage().number(1, type.number()).message(2, extents);
        graph.message(field, new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor)));
        return name;
    }

    /** Floats; of one name only the first are kept, since equal names have equal values. */
    String floats(String name, List<Integer> shape, float... values) {
        ByteBuffer raw = buffer(values.length, Float.BYTES);
        raw.asFloatBuffer().put(values);
        return constant(name, OnnxType.FLOAT, shape, raw.array());
    }

    /** A vector of 64-bit integers. */
    String longs(String name, long... values) {
        ByteBuffer raw = buffer(values.length, Long.BYTES);
        raw.asLongBuffer().put(values);
        return constant(name, OnnxType.INT64, List.of(values.length), raw.array());
    }

    /** A vector of 32-bit integers. */
    String integers(String name, int... values) {
        ByteBuffer raw = buffer(values.length, Integer.BYTES);
        raw.asIntBuffer().put(values);
        return constant(name, OnnxType.INT32, List.of(values.length), raw.array());
    }

    /** Elements of any type, little-endian. */
    String constant(String name, OnnxType type, List<Integer> shape, byte[] raw) {
        if (constants.add(name)) {
            ProtoMessage tensor = new ProtoMessage();
            shape.forEach(extent -> tensor.number(1, extent));
            graph.message(5, tensor.number(2, type.number()).text(8, name).bytes(9, raw));
        }
        return name;
    }

    /**
     * A node of one result.
     *
     * @param operands names of values, empty where an optional one is left out
     * @return the result's name
     */
    String node(String operator, List<String> operands, String result, Attributes attributes) {
        ProtoMessage node = attributes.node();
        operands.forEach(operand -> node.text(1, operand));
        graph.message(1, node.text(2, result).text(3, result).text(4, operator));
        nodes++;
        return result;
    }

    /** A node without attributes. */
    String node(String operator, String result, String... operands) {
        return node(operator, Stream.of(operands).toList(), result, new Attributes());
    }

    int nodes() {
        return nodes;
    }

    /**
     * The file.
     *
     * @throws OctetException {@link ExportCode#TOO_LARGE} if it is beyond what protocol buffers may be
     */
    byte[] bytes(String description) {
        ProtoMessage opset = new ProtoMessage().text(1, "").number(2, OPSET);
        ProtoMessage model = new ProtoMessage()
                .number(1, IR_VERSION)
                .text(2, "octet")
                .text(6, description)
                .message(8, opset)
                .message(7, graph);
        if (model.length() >= Integer.MAX_VALUE - 64) {
            throw new OctetException(ExportCode.TOO_LARGE, model.length());
        }
        return model.toBytes();
    }

    private static ByteBuffer buffer(int values, int bytes) {
        return ByteBuffer.allocate(Math.multiplyExact(values, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
