package dev.octet.tools.onnx.source;

import dev.octet.tools.onnx.graph.Value;
import java.util.List;

/** Something that one expression makes: a value, or a block by its method. */
interface Item {
    /** What the expression is. */
    Value result();

    /** What is needed for it, the receiver first. */
    List<Value> operands();

    /**
     * The expression.
     *
     * @param receiver of the first operand; of several lines, each call on a line of its own
     * @param others of the other operands
     */
    Expression write(Expression receiver, List<String> others);

    /** Whether further calls can follow without a variable between. */
    boolean isChained();

    /**
     * An expression: a beginning, and calls that follow it.
     *
     * @param start the beginning
     * @param calls calls of methods, without the dots
     */
    record Expression(String start, List<String> calls) {
        public Expression {
            calls = List.copyOf(calls);
        }

        /** The expression in one line. */
        String line() {
            return calls.isEmpty() ? start : start + "." + String.join(".", calls);
        }
    }
}
