package dev.octet.testkit.onnx;

import java.util.List;

/** Builds an ONNX model of constants, nodes and outputs. */
public final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_INTS = 7;

    private final ProtoWriter graph = new ProtoWriter().string(2, "test");

    /** An attribute of integers: one, or a list. */
    public sealed interface Attribute {
        /** The name in the operator's definition. */
        String name();

        /** One integer. */
        record Int(String name, long value) implements Attribute {}

        /** Several. */
        record Ints(String name, List<Long> values) implements Attribute {
            public Ints {
                values = List.copyOf(values);
            }
        }
    }

    /** A value that the model holds. */
    public OnnxGraph constant(TensorData tensor) {
        graph.message(5, tensor.message());
        return this;
    }

    /** A value that the model gives. */
    public OnnxGraph output(String name, OnnxType type, List<Long> dims) {
        ProtoWriter shape = new ProtoWriter();
        dims.forEach(dim -> shape.message(1, new ProtoWriter().number(1, dim)));
        ProtoWriter tensor = new ProtoWriter().number(1, type.number()).message(2, shape);
        graph.message(12, new ProtoWriter().string(1, name).message(2, new ProtoWriter().message(1, tensor)));
        return this;
    }

    /**
     * One operator with one result.
     *
     * @param domain empty for ONNX's own operators
     * @param inputs names of values; empty where an optional one is left out
     */
    public OnnxGraph node(String domain, String op, List<String> inputs, String output, Attribute... attributes) {
        ProtoWriter node = new ProtoWriter();
        inputs.forEach(input -> node.string(1, input));
        node.string(2, output).string(4, op);
        for (Attribute attribute : attributes) {
            node.message(5, message(attribute));
        }
        graph.message(1, node.string(7, domain));
        return this;
    }

    private static ProtoWriter message(Attribute attribute) {
        ProtoWriter message = new ProtoWriter().string(1, attribute.name());
        if (attribute instanceof Attribute.Int one) {
            return message.number(3, one.value()).number(20, ATTRIBUTE_INT);
        }
        ((Attribute.Ints) attribute).values().forEach(value -> message.number(8, value));
        return message.number(20, ATTRIBUTE_INTS);
    }

    /** The file; {@code opset} is the version of ONNX's operators, those of {@code com.microsoft} have version 1. */
    public byte[] model(int opset) {
        ProtoWriter onnx = new ProtoWriter().string(1, "").number(2, opset);
        ProtoWriter microsoft = new ProtoWriter().string(1, "com.microsoft").number(2, 1);
        return new ProtoWriter()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, onnx)
                .message(8, microsoft)
                .toBytes();
    }
}
