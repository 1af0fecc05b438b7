package dev.octet.examples.operator;

import dev.octet.plan.extension.OperatorExtension;
import dev.octet.plan.graph.Shape;
import java.util.List;
import java.util.Map;

/** {@code |fma(x, rx, -(y * ry))|} with {@code rx = s_x / s_out} and {@code ry = s_y / s_out}. */
public final class AbsoluteDifferenceNumbers implements OperatorExtension {
    @Override
    public String name() {
        return AbsoluteDifference.NAME;
    }

    @Override
    public Shape shape(List<Shape> operands, Map<String, Integer> attributes) {
        if (operands.size() != 2 || !operands.get(0).equals(operands.get(1)) || !attributes.isEmpty()) {
            throw new IllegalArgumentException("no difference of " + operands + " " + attributes);
        }
        return operands.get(0);
    }

    @Override
    public boolean isNonNegative(List<Boolean> operands, Map<String, Integer> attributes) {
        return true;
    }

    @Override
    public float[] constants(List<Double> operands, double result, Map<String, Integer> attributes) {
        return new float[] {(float) (operands.get(0) / result), (float) (operands.get(1) / result)};
    }

    @Override
    public float element(Element at, List<Operand> operands, float[] constants, Map<String, Integer> attributes) {
        float x = operands.get(0).at(at.channel(), at.row(), at.column());
        float y = operands.get(1).at(at.channel(), at.row(), at.column());
        return Math.abs(Math.fma(x, constants[0], -(y * constants[1])));
    }
}
