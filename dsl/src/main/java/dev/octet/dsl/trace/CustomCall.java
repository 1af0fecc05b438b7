package dev.octet.dsl.trace;

import dev.octet.dsl.CustomOperator;
import dev.octet.dsl.DslCode;
import dev.octet.dsl.DslException;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an operator from outside says of one call.
 *
 * @param op the operator
 * @param shape the shape of its result
 */
record CustomCall(TracedOp.Extension op, List<Integer> shape) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    /** Asks the operator, and believes nothing. */
    static CustomCall of(CustomOperator operator, List<List<Integer>> operands) {
        if (operator == null) {
            throw new DslException(DslCode.MISSING_ARGUMENT, "The operator of apply");
        }
        require(operator.operator() != null && NAME.matcher(operator.operator()).matches(), operator, "its name");
        require(operator.attributes() != null, operator, "a missing map of attributes");
        for (String attribute : operator.attributes().keySet()) {
            require(NAME.matcher(attribute).matches(), operator, "attribute " + attribute);
        }
        List<Integer> shape = shape(operator, operands);
        boolean possible = shape != null
                && (shape.size() == 1 || shape.size() == 3)
                && shape.stream().allMatch(e -> e > 0);
        require(possible, operator, "shape " + shape + " of its result");
        ShapeRules.checkSize(
                operator.operator(), shape.stream().mapToLong(e -> e).toArray());
        return new CustomCall(new TracedOp.Extension(operator.operator(), new TreeMap<>(operator.attributes())), shape);
    }

    private static List<Integer> shape(CustomOperator operator, List<List<Integer>> operands) {
        try {
            return operator.shape(operands);
        } catch (IllegalArgumentException e) {
            throw new DslException(DslCode.CUSTOM_OPERATOR, operator.operator(), e.getMessage());
        }
    }

    private static void require(boolean holds, CustomOperator operator, String what) {
        if (!holds) {
            throw new DslException(DslCode.CUSTOM_OPERATOR, operator.operator(), what + " cannot be");
        }
    }
}
