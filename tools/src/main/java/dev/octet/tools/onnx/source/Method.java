package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.Names;
import dev.octet.tools.onnx.graph.Value;
import dev.octet.tools.onnx.source.Slots.Role;
import dev.octet.tools.onnx.source.Slots.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A method that defines one or several blocks of equal form. Numbers that differ between them are its parameters. */
final class Method implements Expressions {
    private static final int LONGEST_WORD = 12;

    private final String name;
    private final Names names;
    private final List<Block> blocks;
    private final Labels labels;
    private final List<Parameter> parameters = new ArrayList<>();
    /** Expression of each number of each value. */
    private final List<List<String>> numbers = new ArrayList<>();

    /** A parameter, and its argument for each block. */
    private record Parameter(String name, List<Integer> arguments) {}

    Method(String name, List<Block> blocks, Names names) {
        this.name = name;
        this.names = names;
        this.blocks = List.copyOf(blocks);
        this.labels = Labels.of(blocks.get(0), names);
        Set<String> taken = new HashSet<>(Set.of("x", "name", "first"));
        for (int i = 0; i < first().values().size(); i++) {
            List<String> expressions = new ArrayList<>();
            int slots = slots(0, i).size();
            for (int slot = 0; slot < slots; slot++) {
                expressions.add(expression(i, slot, taken));
            }
            numbers.add(expressions);
        }
    }

    Block first() {
        return blocks.get(0);
    }

    String name() {
        return name;
    }

    List<Block> blocks() {
        return blocks;
    }

    private List<Slot> slots(int block, int value) {
        return Slots.of(blocks.get(block).values().get(value)).numbers();
    }

    private String expression(int value, int slot, Set<String> taken) {
        List<Integer> found = new ArrayList<>();
        List<Integer> channels = new ArrayList<>();
        for (int block = 0; block < blocks.size(); block++) {
            found.add(slots(block, value).get(slot).value());
            channels.add(blocks.get(block).operand().channels());
        }
        Role role = slots(0, value).get(slot).role();
        if (found.stream().distinct().count() == 1) {
            return found.get(0).toString();
        }
        boolean extent = role == Role.CHANNELS || role == Role.COUNT;
        String relation = extent ? relation(found, "x.channels()", channels) : null;
        for (Parameter parameter : parameters) {
            // A stride has nothing to do with other numbers but a stride.
            boolean stride = parameter.name().startsWith("stride");
            if (relation == null && extent == isExtent(parameter) && stride == (role == Role.STRIDE)) {
                relation = relation(found, parameter.name(), parameter.arguments());
            }
        }
        return relation == null ? parameter(value, role, found, taken) : relation;
    }

    private static boolean isExtent(Parameter parameter) {
        return !parameter.name().startsWith("stride")
                && !parameter.name().startsWith("size")
                && !parameter.name().startsWith("pad");
    }

    /** A multiple or a part of other numbers, if that holds in all blocks. */
    private static String relation(List<Integer> found, String other, List<Integer> others) {
        int a = found.get(0);
        int b = others.get(0);
        if (a == 0 || b == 0) {
            return null;
        }
        boolean larger = a >= b;
        int factor = larger ? a / b : b / a;
        for (int i = 0; i < found.size(); i++) {
            int expected = larger ? others.get(i) * factor : others.get(i) / factor;
            if (expected != found.get(i)) {
                return null;
            }
        }
        return factor == 1 ? other : larger ? factor + " * " + other : other + " / " + factor;
    }

    private String parameter(int value, Role role, List<Integer> found, Set<String> taken) {
        String wanted = switch (role) {
            case CHANNELS -> isLast(value) ? "channels" : layerName(value);
            case SIZE -> "size";
            case STRIDE -> "stride";
            case PAD -> "pad";
            case COUNT -> "count";
        };
        String own = unique(wanted, taken);
        parameters.add(new Parameter(own, found));
        return own;
    }

    private boolean isLast(int value) {
        List<Value> values = first().values();
        for (int i = value + 1; i < values.size(); i++) {
            if (values.get(i).call() instanceof Call.Conv conv && !Slots.isDepthwise(values.get(i), conv)
                    || values.get(i).call() instanceof Call.Dense) {
                return false;
            }
        }
        return true;
    }

    private String layerName(int value) {
        String own =
                labels.rest().get(first().named(names).indexOf(first().values().get(value)));
        String plain = Literals.identifier(own, "width");
        return plain.matches("[a-z]+[0-9]*|.*[a-z]")
                        && plain.length() > 2
                        && plain.length() <= LONGEST_WORD
                        && !plain.startsWith("conv")
                ? plain + "Channels"
                : "width";
    }

    static String unique(String wanted, Set<String> taken) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + i;
        }
        return name;
    }

    @Override
    public String number(int value, int slot) {
        return numbers.get(value).get(slot);
    }

    @Override
    public String name(int value) {
        Value own = first().values().get(value);
        List<Value> named = first().named(names);
        for (int i = 0; i < named.size(); i++) {
            if (named.get(i) == own) {
                return labels.expression(i);
            }
        }
        throw new IllegalStateException("no name of " + own);
    }

    /** What is particular to the name of a layer. */
    String label(Value layer) {
        return labels.rest().get(first().named(names).indexOf(layer));
    }

    /** The method's head, without modifiers and braces. */
    String signature() {
        StringBuilder text = new StringBuilder("Tensor ").append(name).append("(Tensor x");
        switch (labels.style()) {
            case BEGINNING -> text.append(", String name");
            case NUMBER -> text.append(", int first");
            default -> {}
        }
        parameters.forEach(parameter -> text.append(", int ").append(parameter.name()));
        return text.append(')').toString();
    }

    /** Whether the call of a block is that of a method of the receiver, which can be in a chain. */
    boolean isScope() {
        return labels.style() == Labels.Style.SCOPE;
    }

    /** Arguments behind the receiver and the names' common part. */
    List<Integer> arguments(Block block) {
        int index = blocks.indexOf(block);
        return parameters.stream()
                .map(parameter -> parameter.arguments().get(index))
                .toList();
    }

    /** The names' common part of a block, as an expression. */
    String common(Block block) {
        Labels own = Labels.of(block, names);
        return own.style() == Labels.Style.NUMBER ? own.common() : Literals.text(own.common());
    }

    /**
     * The call that makes a block.
     *
     * @param className name of the class, for references to methods
     * @param common expression of the names' common part
     */
    String call(String className, String receiver, String common, Block block) {
        StringBuilder arguments = new StringBuilder();
        arguments(block).forEach(argument -> arguments.append(", ").append(argument));
        if (!isScope()) {
            String names1 = labels.style() == Labels.Style.CONSTANT ? "" : ", " + common;
            return name + "(" + receiver + names1 + arguments + ")";
        }
        String function = arguments.isEmpty() ? className + "::" + name : "y -> " + name + "(y" + arguments + ")";
        return receiver + ".scope(" + common + ", " + function + ")";
    }

    /** Everything that must be equal in blocks of one method. */
    static String form(Block block, Names names) {
        Map<Value, String> places = new HashMap<>();
        places.put(block.operand(), "x");
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < block.values().size(); i++) {
            Value value = block.values().get(i);
            form.append(Slots.of(value).form()).append(names.isGiven(value) ? " named" : "");
            value.operands().forEach(operand -> form.append(' ').append(places.get(operand)));
            form.append('\n');
            places.put(value, String.valueOf(i));
        }
        Labels labels = Labels.of(block, names);
        return form.append(labels.style()).append(labels.rest()).toString();
    }
}
