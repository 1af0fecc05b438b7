package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.Model;
import dev.octet.tools.onnx.file.ModelNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model as calls of the definition language.
 *
 * @param network the calls
 * @param values its values, each after its operands
 * @param names their names
 * @param unsupported nodes that cannot be imported; if there are some, the network is incomplete
 */
public record GraphImport(Network network, List<Value> values, Names names, List<Unsupported> unsupported) {
    public GraphImport {
        values = List.copyOf(values);
        unsupported = List.copyOf(unsupported);
    }

    /**
     * Imports a model.
     *
     * @param batch what the model's shapes take the batch for
     * @param shapes shapes of its inputs without the batch
     * @param channelsLast inputs that the model wants in (row, column, channel) order, and reorders at once
     * @param inputs names of the input ports in the definition, by those in the model
     * @param outputs names of the output ports in the definition
     * @throws IllegalArgumentException if values are used before they are made, or outputs are not made at all
     */
    public static GraphImport of(
            Model model,
            int batch,
            Map<String, List<Integer>> shapes,
            Set<String> channelsLast,
            Map<String, String> inputs,
            Collection<String> outputs) {
        Translator translator = new Translator(model, batch, shapes, channelsLast);
        translator.run();
        Network network = new Network(translator.inputs(), translator.outputs());
        new Recognition(network).run();
        new Completion(network).run();
        List<Value> values = network.values();
        List<Unsupported> unsupported = new ArrayList<>(needed(model, translator.unsupported()));
        values.stream()
                .filter(value -> value.call() instanceof Call.Partial)
                .map(GraphImport::left)
                .forEach(unsupported::add);
        return new GraphImport(network, values, Names.of(values, inputs, outputs), unsupported);
    }

    /** Without those that no output depends on: they need no counterpart. */
    private static List<Unsupported> needed(Model model, List<Unsupported> all) {
        Map<String, ModelNode> makers = new LinkedHashMap<>();
        model.nodes().forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
        Set<ModelNode> needed = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        List<String> pending = new ArrayList<>();
        model.outputs().forEach(port -> pending.add(port.name()));
        while (!pending.isEmpty()) {
            ModelNode maker = makers.get(pending.remove(pending.size() - 1));
            if (maker != null && needed.add(maker)) {
                pending.addAll(maker.inputs());
            }
        }
        return all.stream().filter(node -> needed.contains(node.node())).toList();
    }

    private static Unsupported left(Value value) {
        Call call = value.call();
        String reason;
        if (call instanceof Call.Clip clip) {
            reason = "Octet limits values to 0 and more, or to 0 ... 6, and not to " + clip.low() + " ... "
                    + clip.high();
        } else if (call instanceof Call.Erf) {
            reason = "Octet has the error function within gelu only";
        } else if (call instanceof Call.Product) {
            reason = "Octet multiplies the channels of an image by one number each, and no other values";
        } else if (call instanceof Call.Border) {
            reason = "no convolution or pooling that follows can take up this border as its padding";
        } else {
            reason = "Octet makes no image of a vector " + value.shape();
        }
        List<String> shapes = value.operands().stream()
                .map(operand -> new Operand.Computed(operand).shown())
                .toList();
        ModelNode node = value.source().orElseThrow();
        return new Unsupported(node, shapes, reason);
    }
}
