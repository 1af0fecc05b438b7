package dev.octet.simulator.ptx;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import java.util.List;

/** A position in a sequence of tokens, with what all parts of the parser need. */
final class TokenReader {
    /** Initial values that a module may have: more than constants hold, which only its kernels tell. */
    private static final int MOST_INITIAL = 1 << 20;

    private final List<Token> tokens;
    private int at;
    private int initialBytes;

    TokenReader(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The token behind the next. */
    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    int line() {
        return peek().line();
    }

    boolean atEnd() {
        return peek().kind() == Token.Kind.END;
    }

    Token next() {
        Token token = peek();
        if (!atEnd()) {
            at++;
        }
        return token;
    }

    /** Consumes the next token if it has this text. */
    boolean accept(String text) {
        boolean found = peek().is(text);
        if (found) {
            at++;
        }
        return found;
    }

    void expect(String text) {
        if (!accept(text)) {
            throw error("expected '" + text + "', found '" + peek().text() + "'");
        }
    }

    String word(String what) {
        if (peek().kind() != Token.Kind.WORD) {
            throw error("expected " + what + ", found '" + peek().text() + "'");
        }
        return next().text();
    }

    /** A natural number that fits an int. */
    int natural() {
        Operand constant = Constants.unsigned(this);
        if (constant instanceof Operand.IntegerConstant integer
                && integer.value() >= 0
                && integer.value() <= Integer.MAX_VALUE) {
            return (int) integer.value();
        }
        throw error("expected a natural number");
    }

    /** Makes room for the initial values of a variable; the text names its size only, so that all together are limited. */
    byte[] initial(int bytes) {
        if (bytes > MOST_INITIAL - initialBytes) {
            String what = "the module's variables have more than " + MOST_INITIAL + " bytes of initial values";
            throw new OctetException(SimulatorCode.LIMIT, line(), what);
        }
        initialBytes += bytes;
        return new byte[bytes];
    }

    OctetException error(String what) {
        return new OctetException(SimulatorCode.SYNTAX, line(), what);
    }

    OctetException unknown(String what) {
        return new OctetException(SimulatorCode.UNKNOWN, line(), what);
    }
}
