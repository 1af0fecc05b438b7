package dev.octet.examples.zoo.onnx;

import dev.octet.testkit.onnx.ProtoWriter;
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
    private final ProtoWriter graph = new ProtoWriter().string(2, "octet");

    /** Attributes of a node. */
    static final class Attributes {
        private final ProtoWriter node = new ProtoWriter();

        Attributes integer(String name, long value) {
            node.message(5, new ProtoWriter().string(1, name).number(3, value).number(20, 2));
            return this;
        }

        Attributes decimal(String name, float value) {
            node.message(5, new ProtoWriter().string(1, name).number(2, value).number(20, 1));
            return this;
        }

        Attributes text(String name, String value) {
            node.message(5, new ProtoWriter().string(1, name).string(4, value).number(20, 3));
            return this;
        }

        Attributes integers(String name, int... values) {
            ProtoWriter attribute = new ProtoWriter().string(1, name);
            for (int value : values) {
                attribute.number(8, value);
            }
            node.message(5, attribute.number(20, 7));
            return this;
        }
    }

    /** An input or output of floats, whose first extent is free. */
    void port(boolean input, String name, List<Integer> shape) {
        ProtoWriter extents = new ProtoWriter().message(1, new ProtoWriter().string(2, "N"));
        shape.forEach(extent -> extents.message(1, new ProtoWriter().number(1, extent)));
        ProtoWriter tensor = new ProtoWriter().number(1, FLOAT).message(2, extents);
        ProtoWriter type = new ProtoWriter().message(1, tensor);
        graph.message(input ? 11 : 12, new ProtoWriter().string(1, name).message(2, type));
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
        ProtoWriter tensor = new ProtoWriter();
        shape.forEach(extent -> tensor.number(1, extent));
        graph.message(5, tensor.number(2, type).string(8, name).bytes(9, raw.array()));
        return name;
    }

    /** A node of one result; returns the result's name. An empty operand is one that is left out. */
    String node(String operator, List<String> operands, String result, Attributes attributes) {
        ProtoWriter node = attributes.node.string(2, result).string(4, operator);
        operands.forEach(operand -> node.string(1, operand));
        graph.message(1, node);
        return result;
    }

    /** The complete file. */
    byte[] bytes() {
        return new ProtoWriter()
                .number(1, IR_VERSION)
                .string(2, "octet")
                .message(7, graph)
                .message(8, new ProtoWriter().string(1, "").number(2, OPSET))
                .toBytes();
    }
}
