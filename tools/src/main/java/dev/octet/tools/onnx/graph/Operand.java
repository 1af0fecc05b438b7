package dev.octet.tools.onnx.graph;

import dev.octet.tools.onnx.file.Constant;
import java.util.ArrayList;
import java.util.List;

/** What a name of the model stands for: a value, a constant, or something that could not be imported. */
sealed interface Operand {
    /** A value of the network. */
    record Computed(Value value) implements Operand {}

    /** A constant. */
    record Fixed(Constant constant) implements Operand {}

    /** The result of a node that was refused, or depends on one. */
    record Unknown() implements Operand {}

    /** The shape for people. */
    default String shown() {
        if (this instanceof Computed computed) {
            List<Object> dims = new ArrayList<>(List.of("N"));
            dims.addAll(computed.value().shape());
            return dims.toString();
        } else if (this instanceof Fixed fixed) {
            return "constant " + fixed.constant().dims();
        }
        return "?";
    }
}
