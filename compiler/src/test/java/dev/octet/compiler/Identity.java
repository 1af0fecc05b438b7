package dev.octet.compiler;

import dev.octet.dsl.CustomOperator;
import dev.octet.plan.extension.OperatorExtension;
import dev.octet.plan.graph.Shape;
import java.util.List;
import java.util.Map;

/** An operator from outside that changes nothing. */
public final class Identity implements CustomOperator, OperatorExtension {
    @Override
    public String operator() {
        return "identity";
    }

    @Override
    public Map<String, Integer> attributes() {
        return Map.of();
    }

    @Override
    public List<Integer> shape(List<List<Integer>> operands) {
        return operands.get(0);
    }

    @Override
    public String name() {
        return operator();
    }

    @Override
    public Shape shape(List<Shape> operands, Map<String, Integer> attributes) {
        return operands.get(0);
    }

    @Override
    public boolean isNonNegative(List<Boolean> operands, Map<String, Integer> attributes) {
        return operands.get(0);
    }

    @Override
    public float[] constants(List<Double> operands, double result, Map<String, Integer> attributes) {
        return new float[] {(float) (operands.get(0) / result)};
    }

    @Override
    public float element(Element at, List<Operand> operands, float[] constants, Map<String, Integer> attributes) {
        return operands.get(0).at(at.channel(), at.row(), at.column()) * constants[0];
    }
}
