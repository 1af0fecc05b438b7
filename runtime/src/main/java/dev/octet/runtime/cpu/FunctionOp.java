package dev.octet.runtime.cpu;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Node;

/** A function of floats, number by number. */
final class FunctionOp extends PointwiseOp {
    private final Activation activation;

    FunctionOp(Node node, Activation activation) {
        super(node);
        this.activation = activation;
    }

    @Override
    void apply(float[] row, int channel, int length) {
        for (int i = 0; i < length; i++) {
            row[i] = activation.of(row[i]);
        }
    }
}
