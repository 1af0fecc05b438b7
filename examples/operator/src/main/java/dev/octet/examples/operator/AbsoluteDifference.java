package dev.octet.examples.operator;

import dev.octet.dsl.CustomOperator;
import java.util.List;
import java.util.Map;

/** {@code |x - y|}, what networks that compare two images end with: {@code x.apply("diff", new AbsoluteDifference(), y)}. */
public final class AbsoluteDifference implements CustomOperator {
    static final String NAME = "absolute_difference";

    @Override
    public String operator() {
        return NAME;
    }

    @Override
    public Map<String, Integer> attributes() {
        return Map.of();
    }

    @Override
    public List<Integer> shape(List<List<Integer>> operands) {
        if (operands.size() != 2 || !operands.get(0).equals(operands.get(1))) {
            throw new IllegalArgumentException("it takes two values of equal shape, got " + operands);
        }
        return operands.get(0);
    }
}
