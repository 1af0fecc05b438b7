package dev.octet.examples.zoo.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A model in the format of <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">ONNX</a>, being built. */
final class OnnxModel {
    private static final int IR_VERSION = 9;
    /** The first that has all operators used here. */
    private static final int OPSET = 20;

    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    /** GraphProto. */
    private final ProtoMessage graph = new ProtoMessage().text(2, "octet");

    /** Attributes of a node. */
    static final class Attributes {
        private final ProtoMessage node = new ProtoMessage();

        Attributes integer(String name, long value) {
            node.message(5, new ProtoMessage().text(1, name).integer(3, value).integer(20, 2));
            return this;
        }

        Attributes decimal(String name, float value) {
            node.message(5, new ProtoMessage().text(1, name).decimal(2, value).integer(20, 1));
            return this;
        }

        Attributes text(String name, String value) {
            node.message(5, new ProtoMessage().text(1, name).text(4, value).integer(20, 3));
            return this;
        }

        Attributes integers(String name, int... values) {
            ProtoMessage attribute = new ProtoMessage().text(1, name);
            for (int value : values) {
                attribute.integer(8, value);
            }
            node.message(5, attribute.integer(20, 7));
            return this;
        }
    }

    /** An input or output of floats, whose first extent is free. */
    void port(boolean input, String name, List<Integer> shape) {
        ProtoMessage extents = new ProtoMessage().message(1, new ProtoMessage().text(2, "N"));
        shape.forEach(extent -> extents.message(1, new ProtoMessage().integer(1, extent)));
        ProtoMessage tensor = new ProtoMessage().integer(1, FLOAT).message(2, extents);
        ProtoMessage type = new ProtoMessage().message(1, tensor);
        graph.message(input ? 11 : 12, new ProtoMessage().text(1, name).message(2, type));
    }

    /** A constant of floats. */
    String floats(String name, List<Integer> shape, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return constant(name, FLOAT, shape, raw);
    }

    /** A vector of integers. */
    String integers(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return constant(name, INT64, List.of(values.length), raw);
    }

    private String constant(String name, int type, List<Integer> shape, ByteBuffer raw) {
        ProtoMessage tensor = new ProtoMessage();
        shape.forEach(extent -> tensor.integer(1, extent));
        graph.message(5, tensor.integer(2, type).text(8, name).bytes(9, raw.array()));
        return name;
    }

    /** A node of one result; returns the result's name. An empty operand is one that is left out. */
    String node(String operator, List<String> operands, String result, Attributes attributes) {
        ProtoMessage node = attributes.node.text(2, result).text(4, operator);
        operands.forEach(operand -> node.text(1, operand));
        graph.message(1, node);
        return result;
    }

    /** The complete file. */
    byte[] bytes() {
        return new ProtoMessage()
                .integer(1, IR_VERSION)
                .text(2, "octet")
                .message(7, graph)
                .message(8, new ProtoMessage().text(1, "").integer(2, OPSET))
                .bytes();
    }
}
