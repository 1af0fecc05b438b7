package dev.octet.tools.onnx.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the messages of a model. Graphs within nodes are left unread, so that nothing nests. */
final class ModelReader {
    private static final int MOST_NODES = 100_000;
    private static final int MOST_DIMS = 16;

    private final Budget budget = new Budget();
    private final TensorReader tensors;

    private int opset;
    private String producer = "";
    private boolean hasGraph;
    private final List<ModelNode> nodes = new ArrayList<>();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final List<ModelPort> inputs = new ArrayList<>();
    private final List<ModelPort> outputs = new ArrayList<>();

    ModelReader(ExternalFiles external) {
        this.tensors = new TensorReader(external);
    }

    /** Reads a {@code ModelProto}; {@link IllegalArgumentException} or {@link ArithmeticException} if it is none. */
    Model read(Stored file) {
        ProtoCursor model = new ProtoCursor(file, budget);
        while (model.next()) {
            switch (model.field()) {
                case 2 -> producer = model.text();
                case 7 -> graph(model.message());
                case 8 -> opset(model.message());
                default -> {}
            }
        }
        if (!hasGraph) {
            throw new IllegalArgumentException(file.length() == 0 ? "it is empty" : "it has no graph");
        }
        inputs.removeIf(input -> constants.containsKey(input.name()));
        return new Model(opset, producer, nodes, constants, inputs, outputs);
    }

    private void opset(ProtoCursor message) {
        String domain = "";
        long version = 0;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> domain = message.text();
                case 2 -> version = message.number();
                default -> {}
            }
        }
        if (domain.isEmpty() || domain.equals("ai.onnx")) {
            opset = (int) Math.max(0, Math.min(Integer.MAX_VALUE, version));
        }
    }

    private void graph(ProtoCursor graph) {
        hasGraph = true;
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> {
                    if (nodes.size() == MOST_NODES) {
                        throw new Budget.Exceeded("it has more than " + MOST_NODES + " nodes");
                    }
                    nodes.add(node(graph.message()));
                }
                case 5 -> {
                    TensorReader.Named tensor = tensors.read(graph.message());
                    budget.bytes(64);
                    require(
                            constants.put(tensor.name(), tensor.constant()) == null,
                            "two tensors have the name '" + tensor.name() + "'");
                }
                case 11 -> inputs.add(port(graph.message()));
                case 12 -> outputs.add(port(graph.message()));
                case 15 -> throw new IllegalArgumentException("it has sparse tensors, which Octet does not read");
                default -> {}
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private ModelNode node(ProtoCursor message) {
        String name = "";
        String operator = "";
        String domain = "";
        List<String> operands = new ArrayList<>();
        List<String> results = new ArrayList<>();
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> operands.add(message.text());
                case 2 -> results.add(message.text());
                case 3 -> name = message.text();
                case 4 -> operator = message.text();
                case 5 -> attribute(message.message(), attributes);
                case 7 -> domain = message.text();
                default -> {}
            }
        }
        String own = domain.equals("ai.onnx") ? "" : domain;
        return new ModelNode(name, operator, own, operands, results, attributes);
    }

    private void attribute(ProtoCursor message, Map<String, Attribute> attributes) {
        String name = "";
        float decimal = 0;
        long integer = 0;
        String text = "";
        LongList integers = new LongList();
        LongList decimals = new LongList();
        Optional<Constant> tensor = Optional.empty();
        boolean graph = false;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> name = message.text();
                case 2 -> decimal = message.decimal();
                case 3 -> integer = message.number();
                case 4 -> text = message.text();
                case 5 -> tensor = Optional.of(tensors.read(message.message()).constant());
                case 6, 11 -> graph = true;
                case 7 -> message.decimals(decimals);
                case 8 -> message.integers(integers);
                default -> {}
            }
        }
        attributes.put(name, new Attribute(decimal, integer, text, boxed(integers), floats(decimals), tensor, graph));
    }

    private static List<Long> boxed(LongList list) {
        List<Long> values = new ArrayList<>(list.size());
        for (long value : list.toArray()) {
            values.add(value);
        }
        return values;
    }

    private static List<Float> floats(LongList bits) {
        List<Float> values = new ArrayList<>(bits.size());
        for (long value : bits.toArray()) {
            values.add(Float.intBitsToFloat((int) value));
        }
        return values;
    }

    private static ModelPort port(ProtoCursor message) {
        String name = "";
        ModelPort type = new ModelPort("", 0, Optional.empty());
        while (message.next()) {
            switch (message.field()) {
                case 1 -> name = message.text();
                case 2 -> type = type(message.message());
                default -> {}
            }
        }
        return new ModelPort(name, type.type(), type.dims());
    }

    private static ModelPort type(ProtoCursor message) {
        int element = 0;
        Optional<List<Long>> dims = Optional.empty();
        while (message.next()) {
            if (message.field() == 1) {
                ProtoCursor tensor = message.message();
                while (tensor.next()) {
                    switch (tensor.field()) {
                        case 1 -> element = (int) tensor.number();
                        case 2 -> dims = Optional.of(shape(tensor.message()));
                        default -> {}
                    }
                }
            }
        }
        return new ModelPort("", element, dims);
    }

    private static List<Long> shape(ProtoCursor message) {
        List<Long> dims = new ArrayList<>();
        while (message.next()) {
            if (message.field() == 1) {
                require(dims.size() < MOST_DIMS, "a shape has more than " + MOST_DIMS + " extents");
                dims.add(dim(message.message()));
            }
        }
        return dims;
    }

    /** An extent; -1 for one that is open, which exporters write as a name, as -1, as 0, or not at all. */
    private static long dim(ProtoCursor message) {
        long value = -1;
        while (message.next()) {
            if (message.field() == 1) {
                value = message.number();
            }
        }
        return value > 0 ? value : -1;
    }
}
