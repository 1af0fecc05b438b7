package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses which blocks become methods, and what these are called. */
final class Methods {
    private static final int LAYERS_OF_ONE = 3;
    private static final int MOST_PARAMETERS = 5;
    /** Words that say nothing of a block. */
    private static final Set<String> GENERIC = Set.of("conv", "layer", "features", "blocks", "model", "stage", "net");

    private final Names names;
    private final Set<String> taken = new HashSet<>(Set.of("define", "kernel"));
    private final List<Method> methods = new ArrayList<>();
    private final Map<Block, Method> byBlock = new IdentityHashMap<>();

    Methods(Collection<Block> blocks, Names names) {
        this.names = names;
        Map<String, List<Block>> groups = new LinkedHashMap<>();
        blocks.forEach(block -> groups.computeIfAbsent(Method.form(block, names), form -> new ArrayList<>())
                .add(block));
        groups.values().forEach(this::add);
    }

    private void add(List<Block> group) {
        Block first = group.get(0);
        Labels labels = Labels.of(first, names);
        boolean several =
                group.size() > 1 && first.layers().size() + first.values().size() > 4;
        boolean scoped = labels.style() == Labels.Style.SCOPE || labels.style() == Labels.Style.BEGINNING;
        if (!several && !(scoped && first.layers().size() >= LAYERS_OF_ONE)) {
            return;
        }
        Method method = new Method(name(group, labels), group, names);
        if (method.arguments(first).size() > MOST_PARAMETERS) {
            for (Block block : group) {
                add(List.of(block));
            }
            return;
        }
        methods.add(method);
        group.forEach(block -> byBlock.put(block, method));
    }

    private String name(List<Block> group, Labels labels) {
        Block first = group.get(0);
        String wanted;
        if (first.values().stream().anyMatch(value -> value.call() instanceof Call.Add)) {
            boolean identity = first.values().stream()
                    .anyMatch(value ->
                            value.call() instanceof Call.Add && value.operands().contains(first.operand()));
            wanted = identity ? "residual" : "projected";
        } else {
            wanted = group.size() == 1 ? Literals.identifier(labels.common(), "block") : word(labels);
        }
        return Method.unique(wanted, taken);
    }

    /** The last word of the names' beginning, without its number. */
    private static String word(Labels labels) {
        String word = "block";
        for (String part : labels.common().split("[^A-Za-z]+")) {
            word = part.isEmpty() ? word : part;
        }
        String name = Literals.identifier(word, "block");
        return GENERIC.contains(name) || name.length() < 2 ? "block" : name;
    }

    /** The methods, in the order of their first blocks. */
    List<Method> all() {
        return methods;
    }

    /** The method of a block; null for one that is written where it stands. */
    Method of(Block block) {
        return byBlock.get(block);
    }
}
