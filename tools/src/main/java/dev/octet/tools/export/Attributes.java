package dev.octet.tools.export;

/** Attributes of an ONNX node, by the numbers of {@code AttributeProto} in the format's definition. */
final class Attributes {
    private static final int NAME = 1;
    private static final int KIND = 20;
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int INTS = 7;

    private final ProtoMessage node = new ProtoMessage();

    /** An integer. */
    Attributes integer(String name, long value) {
        return add(new ProtoMessage().text(NAME, name).number(3, value).number(KIND, INT));
    }

    /** A float. */
    Attributes decimal(String name, float value) {
        return add(new ProtoMessage().text(NAME, name).decimal(2, value).number(KIND, FLOAT));
    }

    /** A text. */
    Attributes text(String name, String value) {
        return add(new ProtoMessage().text(NAME, name).text(4, value).number(KIND, STRING));
    }

    /** Several integers. */
    Attributes integers(String name, long... values) {
        ProtoMessage attribute = new ProtoMessage().text(NAME, name);
        for (long value : values) {
            attribute.number(8, value);
        }
        return add(attribute.number(KIND, INTS));
    }

    private Attributes add(ProtoMessage attribute) {
        node.message(5, attribute);
        return this;
    }

    /** The {@code NodeProto} so far, to which the node's other fields are added. */
    ProtoMessage node() {
        return node;
    }
}
