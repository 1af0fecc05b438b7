package dev.octet.tools.report;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import java.util.stream.Collectors;

/** Types of tensors for people. */
final class Types {
    private Types() {}

    /** Element type and shape, {@code u8 16×14×14}. */
    static String brief(TensorType type) {
        return type.element().text() + " " + shape(type.shape());
    }

    /** Extents, channels first. */
    static String shape(Shape shape) {
        return shape.dims().stream().map(String::valueOf).collect(Collectors.joining("×"));
    }

    /** Where channels lie in a pixel; empty before layout. */
    static String storage(TensorType type) {
        if (type.storage().isEmpty()) {
            return "";
        }
        ChannelMap map = type.storage().get();
        int padding = map.pitch() - map.channels();
        return map.pitch() + (map.pitch() == 1 ? " lane" : " lanes") + " a pixel"
                + (padding == 0 ? "" : ", " + padding + " of them padding");
    }
}
