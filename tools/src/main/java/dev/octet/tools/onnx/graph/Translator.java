package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.Constant;
import dev.octet.tools.onnx.file.Model;
import dev.octet.tools.onnx.file.ModelNode;
import dev.octet.tools.onnx.file.ModelPort;
import dev.octet.tools.onnx.graph.Operand.Computed;
import dev.octet.tools.onnx.graph.Operand.Fixed;
import dev.octet.tools.onnx.graph.Operand.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Translates the nodes of a model one by one, in the file's order, in which every value is made before it is used. A node
 * that cannot be translated does not end this: what depends on it is unknown, and the others are still looked at.
 */
final class Translator {
    private static final Unknown UNKNOWN = new Unknown();
    private static final int LONGEST_REASON = 300;

    private final Model model;
    private final int batch;
    private final Folding folding = new Folding();
    private final Map<String, Operand> env = new HashMap<>();
    private final List<Unsupported> unsupported = new ArrayList<>();
    private final List<Value> inputs = new ArrayList<>();

    /**
     * A translator.
     *
     * @param batch what the model's shapes take the batch for
     * @param shapes shapes of its inputs without the batch
     * @param channelsLast inputs that the model reorders at once
     */
    Translator(Model model, int batch, Map<String, List<Integer>> shapes, Set<String> channelsLast) {
        this.model = model;
        this.batch = batch;
        model.constants().forEach((name, constant) -> env.put(name, new Fixed(constant)));
        for (ModelPort port : model.inputs()) {
            Value value = new Value(
                    new Call.Input(port.name(), channelsLast.contains(port.name())),
                    List.of(),
                    shapes.get(port.name()),
                    port.name(),
                    Optional.empty(),
                    -1);
            inputs.add(value);
            env.put(port.name(), new Computed(value));
        }
    }

    /** Translates all nodes; {@link IllegalArgumentException} if one uses what nothing before it makes. */
    void run() {
        for (int i = 0; i < model.nodes().size(); i++) {
            translate(model.nodes().get(i), i);
        }
    }

    private void translate(ModelNode node, int index) {
        Step step = new Step(node, operands(node), model.opset(), batch, index);
        List<Operand> results = List.of();
        try {
            results = results(step);
        } catch (Refusal e) {
            refuse(step, e.getMessage());
        } catch (ArithmeticException | IndexOutOfBoundsException e) {
            refuse(step, "its extents or attributes are beyond what any network has");
        }
        define(node, results);
    }

    private List<Operand> operands(ModelNode node) {
        List<Operand> operands = new ArrayList<>();
        for (String name : node.inputs()) {
            Operand operand = name.isEmpty() ? null : env.get(name);
            if (operand == null && !name.isEmpty()) {
                throw new IllegalArgumentException(
                        "node '" + node.label() + "' uses '" + name + "', which nothing before it makes");
            }
            operands.add(operand);
        }
        return operands;
    }

    private List<Operand> results(Step step) {
        Optional<Operators.Operator> operator =
                Operators.find(step.node().domain(), step.node().operator());
        boolean unknown = step.operands().contains(UNKNOWN);
        if (!unknown && step.node().domain().isEmpty()) {
            Optional<Constant> folded = folding.fold(step);
            if (folded.isPresent()) {
                return List.of(new Fixed(folded.get()));
            }
        }
        if (operator.isEmpty()) {
            throw new Refusal("Octet does not have this operator");
        }
        // Its shape is not known, so that nothing more can be said about it.
        return unknown ? List.of() : operator.get().translate(step);
    }

    private void define(ModelNode node, List<Operand> results) {
        for (int i = 0; i < node.outputs().size(); i++) {
            String name = node.outputs().get(i);
            Operand result = i < results.size() ? results.get(i) : UNKNOWN;
            if (!name.isEmpty() && env.putIfAbsent(name, result) != null) {
                throw new IllegalArgumentException("'" + name + "' is made twice");
            }
        }
    }

    private void refuse(Step step, String reason) {
        String said = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "..." : reason;
        List<String> shapes = step.operands().stream()
                .map(operand -> operand == null ? "-" : operand.shown())
                .toList();
        unsupported.add(new Unsupported(step.node(), shapes, said));
    }

    List<Unsupported> unsupported() {
        return unsupported;
    }

    /** Values of the input ports. */
    List<Value> inputs() {
        return inputs;
    }

    /** Values of the outputs, by name; without those that are unknown. */
    Map<String, Value> outputs() {
        Map<String, Value> outputs = new LinkedHashMap<>();
        for (ModelPort port : model.outputs()) {
            Operand operand = env.get(port.name());
            if (operand == null || operand instanceof Fixed) {
                throw new IllegalArgumentException(
                        "output '" + port.name() + "' is " + (operand == null ? "not made by any node" : "a constant"));
            }
            if (operand instanceof Computed computed) {
                outputs.put(port.name(), computed.value());
            }
        }
        return outputs;
    }
}
