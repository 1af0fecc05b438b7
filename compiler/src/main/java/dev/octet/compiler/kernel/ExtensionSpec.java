package dev.octet.compiler.kernel;

import dev.octet.plan.graph.ElementType;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An operator from outside.
 *
 * @param operator its name
 * @param attributes whatever else it depends on
 * @param operands types and extents of the operands, at least one
 * @param out type of the result, integer
 * @param output extents of the result
 */
public record ExtensionSpec(
        String operator, SortedMap<String, Integer> attributes, List<Operand> operands, ElementType out, Extent output)
        implements KernelSpec {
    /**
     * An operand.
     *
     * @param type element type, integer
     * @param extent extents
     */
    public record Operand(ElementType type, Extent extent) {
        public Operand {
            require(type.isInteger(), "an operator from outside reads integers");
        }
    }

    public ExtensionSpec {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        operands = List.copyOf(operands);
        require(!operands.isEmpty(), "an operator has operands");
        require(out.isInteger() && output.pitch() % 16 == 0, "it writes integers, padded to 16 bytes");
    }

    @Override
    public String variant() {
        String types = operands.stream().map(x -> x.type().text() + "_").collect(Collectors.joining());
        return "extension_" + operator + "_" + types + out.text();
    }

    @Override
    public int items() {
        return output.elements() / 16;
    }

    /** Names of attributes are lower-case, so a capital ends them. */
    @Override
    public String canonicalName() {
        String extents =
                operands.stream().map(x -> "_" + x.extent().canonicalName()).collect(Collectors.joining());
        String with = attributes.entrySet().stream()
                .map(e -> "_" + e.getKey() + (e.getValue() < 0 ? "M" : "P") + Math.abs((long) e.getValue()))
                .collect(Collectors.joining());
        return variant() + extents + "_" + output.canonicalName() + with;
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
