package dev.octet.testkit.onnx;

import java.util.List;

/** Builds an ONNX model of constants, nodes and outputs. */
public final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_TEXT = 3;
    private static final int ATTRIBUTE_TENSOR = 4;
    private static final int ATTRIBUTE_FLOATS = 6;
    private static final int ATTRIBUTE_INTS = 7;

    private final ProtoWriter graph = new ProtoWriter().string(2, "test");

    /** An attribute. */
    public sealed interface Attribute {
        /** The name in the operator's definition. */
        String name();

        /** One integer. */
        record Int(String name, long value) implements Attribute {}

        /** One float. */
        record Decimal(String name, float value) implements Attribute {}

        /** Several floats. */
        record Decimals(String name, List<Float> values) implements Attribute {
            public Decimals {
                values = List.copyOf(values);
            }
        }

        /** A text. */
        record Text(String name, String value) implements Attribute {}

        /** A tensor. */
        record Tensor(String name, TensorData value) implements Attribute {}

        /** Several integers. */
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

    /** A value that the model holds, as a {@code TensorProto} of any form. */
    public OnnxGraph constant(ProtoWriter tensor) {
        graph.message(5, tensor);
        return this;
    }

    /** A value that the model is given; an extent of 0 is written as a free one. */
    public OnnxGraph input(String name, OnnxType type, List<Long> dims) {
        return port(11, name, type, dims);
    }

    /** A value that the model gives; an extent of 0 is written as a free one. */
    public OnnxGraph output(String name, OnnxType type, List<Long> dims) {
        return port(12, name, type, dims);
    }

    private OnnxGraph port(int field, String name, OnnxType type, List<Long> dims) {
        ProtoWriter shape = new ProtoWriter();
        for (long dim : dims) {
            ProtoWriter extent = dim == 0 ? new ProtoWriter().string(2, "N") : new ProtoWriter().number(1, dim);
            shape.message(1, extent);
        }
        ProtoWriter tensor = new ProtoWriter().number(1, type.number()).message(2, shape);
        graph.message(field, new ProtoWriter().string(1, name).message(2, new ProtoWriter().message(1, tensor)));
        return this;
    }

    /**
     * One operator with one result.
     *
     * @param domain empty for ONNX's own operators
     * @param inputs names of values; empty where an optional one is left out
     */
    public OnnxGraph node(String domain, String op, List<String> inputs, String output, Attribute... attributes) {
        return node(domain, op, inputs, List.of(output), attributes);
    }

    /** One operator with several results. */
    public OnnxGraph node(
            String domain, String op, List<String> inputs, List<String> outputs, Attribute... attributes) {
        ProtoWriter node = new ProtoWriter();
        inputs.forEach(input -> node.string(1, input));
        outputs.forEach(output -> node.string(2, output));
        node.string(4, op);
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
        } else if (attribute instanceof Attribute.Decimal one) {
            return message.number(2, one.value()).number(20, ATTRIBUTE_FLOAT);
        } else if (attribute instanceof Attribute.Text text) {
            return message.string(4, text.value()).number(20, ATTRIBUTE_TEXT);
        } else if (attribute instanceof Attribute.Tensor tensor) {
            return message.message(5, tensor.value().message()).number(20, ATTRIBUTE_TENSOR);
        } else if (attribute instanceof Attribute.Decimals several) {
            several.values().forEach(value -> message.number(7, value));
            return message.number(20, ATTRIBUTE_FLOATS);
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
