package dev.octet.simulator.ptx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Parses declarations of variables and parameters, from their state space on. */
final class VariableParser {
    private final TokenReader in;

    VariableParser(TokenReader in) {
        this.in = in;
    }

    /** A variable and its semicolon. */
    Variable variable() {
        Variable variable = declared(true);
        in.expect(";");
        return variable;
    }

    /** A parameter, without what follows it. */
    Variable parameter() {
        return declared(false);
    }

    private Variable declared(boolean variable) {
        int line = in.line();
        String word = in.word("a state space");
        StateSpace space =
                word.startsWith(".") ? StateSpace.of(word.substring(1)).orElse(null) : null;
        if (space == null || (space == StateSpace.PARAM) == variable) {
            throw in.unknown("directive '" + word + "' here");
        }
        int align = align();
        DataType type = type();
        pointerNotes();
        align = align > 0 ? align : Math.max(1, type.bytes());
        String name = in.word("a name");
        long elements = elements();
        if (elements * type.bytes() > Variable.LARGEST) {
            throw in.error("'" + name + "' is too large");
        }
        int size = (int) elements * type.bytes();
        Optional<byte[]> initial = Optional.empty();
        if (in.accept("=")) {
            if (space != StateSpace.CONST) {
                throw in.error("'" + name + "' cannot have initial values");
            }
            initial = Optional.of(initial(type, size));
        }
        if (Integer.bitCount(align) != 1) {
            throw in.error("alignment " + align + " is not a power of two");
        }
        return new Variable(line, space, name, align, size, initial);
    }

    private int align() {
        return in.accept(".align") ? in.natural() : 0;
    }

    DataType type() {
        String word = in.word("a type");
        return DataType.of(word.startsWith(".") ? word.substring(1) : "")
                .orElseThrow(() -> in.unknown("type '" + word + "'"));
    }

    /** What a pointer points to, which only optimisers need. */
    private void pointerNotes() {
        if (in.accept(".ptr")) {
            if (!in.peek().is(".align") && in.peek().text().startsWith(".")) {
                String space = in.word("a state space");
                StateSpace.of(space.substring(1)).orElseThrow(() -> in.unknown("state space '" + space + "'"));
            }
            align();
        }
    }

    /** Product of the extents; 0 if one is left open, 1 if there is none. */
    private long elements() {
        long elements = 1;
        while (in.accept("[")) {
            elements *= in.peek().is("]") ? 0 : in.natural();
            if (elements > Variable.LARGEST) {
                throw in.error("an array is too large");
            }
            in.expect("]");
        }
        return elements;
    }

    /** Elements in braces, the rest being zero. */
    private byte[] initial(DataType type, int size) {
        ByteBuffer bytes = ByteBuffer.wrap(in.initial(size)).order(ByteOrder.LITTLE_ENDIAN);
        boolean braces = in.accept("{");
        do {
            if (bytes.remaining() < type.bytes()) {
                throw in.error("more values than the variable has");
            }
            put(bytes, type);
        } while (braces && in.accept(","));
        if (braces) {
            in.expect("}");
        }
        return bytes.array();
    }

    private void put(ByteBuffer bytes, DataType type) {
        Operand constant = Constants.signed(in);
        long bits;
        if (constant instanceof Operand.FloatConstant number && number.type() == type) {
            bits = number.bits();
        } else if (constant instanceof Operand.IntegerConstant integer && !type.isFloat()) {
            bits = integer.value();
        } else {
            throw in.error("a value does not have type " + type.text());
        }
        for (int i = 0; i < type.bytes(); i++) {
            bytes.put((byte) (bits >>> 8 * i));
        }
    }
}
