package dev.octet.simulator.ptx;

import java.util.ArrayList;
import java.util.List;

/** Parses operands. */
final class OperandParser {
    private static final int MOST_OPERANDS = 64;

    /** A product of a warpgroup has so many registers for 256 columns. */
    private static final int MOST_ELEMENTS = 128;

    private final TokenReader in;

    OperandParser(TokenReader in) {
        this.in = in;
    }

    /** Operands up to the semicolon, which is consumed. */
    List<Operand> operands() {
        List<Operand> operands = new ArrayList<>();
        if (in.accept(";")) {
            return operands;
        }
        do {
            operands.add(operand());
        } while (in.accept(","));
        in.expect(";");
        return operands;
    }

    private Operand operand() {
        if (in.accept("{")) {
            return vector();
        } else if (in.accept("[")) {
            return address();
        } else if (in.accept("!")) {
            return new Operand.Negated(in.word("a predicate"));
        } else if (in.peek().kind() == Token.Kind.WORD) {
            return named();
        }
        return Constants.signed(in);
    }

    private Operand named() {
        String name = in.word("a name");
        if (in.accept("|")) {
            return new Operand.Pair(name, in.word("a predicate"));
        } else if (in.peek().is("+")) {
            return new Operand.Displaced(name, offset());
        }
        return new Operand.Name(name);
    }

    private Operand vector() {
        List<Operand> elements = new ArrayList<>();
        do {
            if (elements.size() == MOST_ELEMENTS) {
                throw in.error("a vector has more than " + MOST_ELEMENTS + " elements");
            }
            elements.add(in.peek().kind() == Token.Kind.WORD ? named() : Constants.signed(in));
        } while (in.accept(","));
        in.expect("}");
        return new Operand.Vector(elements);
    }

    private Operand address() {
        Operand base;
        if (in.peek().kind() == Token.Kind.WORD) {
            base = new Operand.Name(in.word("a base"));
        } else {
            base = integer();
        }
        long offset = in.peek().is("+") || in.peek().is("-") ? offset() : 0;
        in.expect("]");
        return new Operand.Address(base, offset);
    }

    private long offset() {
        in.accept("+");
        return integer().value();
    }

    private Operand.IntegerConstant integer() {
        if (Constants.signed(in) instanceof Operand.IntegerConstant constant) {
            return constant;
        }
        throw in.error("expected an integer");
    }
}
