package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.graph.Call;
import dev.octet.tools.onnx.graph.Value;
import java.util.List;

/** How the epsilons of batch normalisations are written: by a constant of the class, if several have the same. */
final class Epsilon {
    private static final String CONSTANT = "EPSILON";

    private final List<Float> all;

    Epsilon(List<Value> values) {
        this.all = values.stream()
                .flatMap(value -> value.as(Call.Norm.class).stream())
                .map(Call.Norm::epsilon)
                .toList();
    }

    private boolean isConstant() {
        return all.size() > 1 && all.stream().distinct().count() == 1;
    }

    String of(Call.Norm norm) {
        return isConstant() ? CONSTANT : Literals.decimal(norm.epsilon());
    }

    /** Declares the constant, if there is one. */
    void declare(Lines lines) {
        if (isConstant()) {
            lines.add("private static final float " + CONSTANT + " = " + Literals.decimal(all.get(0)) + ";");
            lines.add("");
        }
    }
}
