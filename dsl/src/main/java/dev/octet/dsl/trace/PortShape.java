package dev.octet.dsl.trace;

import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import java.util.List;

/**
 * What tracing needs to know of a port.
 *
 * @param name name in the definition
 * @param shape [channels, height, width] or [features], positive
 */
public record PortShape(String name, List<Integer> shape) {
    public PortShape {
        NameRules.check(name);
        shape = List.copyOf(shape);
        if (shape.size() != 1 && shape.size() != 3) {
            throw new DslException(
                    DslCode.PORT, name, "a shape is {channels, height, width} or {features}, got " + shape);
        }
        if (shape.stream().anyMatch(extent -> extent < 1)) {
            throw new DslException(DslCode.PORT, name, "extents are at least 1, got " + shape);
        }
        ShapeRules.checkSize(
                "port " + name, shape.stream().mapToLong(extent -> extent).toArray());
    }
}
