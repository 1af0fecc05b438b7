package dev.octet.simulator.ptx;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import java.util.ArrayList;
import java.util.List;

/** Divides PTX into tokens. A mnemonic with its modifiers is one token, and so is a directive with its dot. */
final class Tokenizer {
    /** Bytes of the heap that a token takes at most until it is decoded, and as much again for all that is not text. */
    private static final int TOKEN_BYTES = 512;

    private static final long MOST_TOKENS = Runtime.getRuntime().maxMemory() / TOKEN_BYTES;

    private static final String SYMBOLS = "{}[]()<>,;:=+-!@|*";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private Tokenizer(String text) {
        this.text = text;
    }

    /** The tokens of a text, the last an {@link Token.Kind#END}. */
    static List<Token> tokens(String text) {
        Tokenizer tokenizer = new Tokenizer(text);
        while (tokenizer.skipSpace()) {
            if (tokenizer.tokens.size() == MOST_TOKENS) {
                throw new OctetException(
                        SimulatorCode.LIMIT,
                        tokenizer.line,
                        "the module has more than " + MOST_TOKENS + " tokens, for which the Java heap is too small");
            }
            tokenizer.next();
        }
        tokenizer.tokens.add(new Token(Token.Kind.END, "end of the text", tokenizer.line));
        return tokenizer.tokens;
    }

    /** Skips blanks and comments; false at the end. */
    private boolean skipSpace() {
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                skipTo("\n");
            } else if (text.startsWith("/*", at)) {
                skipTo("*/");
                at += 2;
            } else if (Character.isWhitespace(text.charAt(at))) {
                line += text.charAt(at) == '\n' ? 1 : 0;
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void skipTo(String end) {
        int found = text.indexOf(end, at);
        int stop = found < 0 ? text.length() : found;
        line += (int) text.substring(at, stop).chars().filter(c -> c == '\n').count();
        at = stop;
    }

    private void next() {
        char first = text.charAt(at);
        if (first == '"') {
            string();
        } else if (isDigit(first)) {
            take(Token.Kind.NUMBER);
        } else if (isWord(first)) {
            take(Token.Kind.WORD);
        } else if (SYMBOLS.indexOf(first) >= 0) {
            tokens.add(new Token(Token.Kind.SYMBOL, String.valueOf(first), line));
            at++;
        } else {
            throw new OctetException(SimulatorCode.SYNTAX, line, "character U+%04X is not used".formatted((int) first));
        }
    }

    private void string() {
        int end = text.indexOf('"', at + 1);
        if (end < 0 || text.substring(at, end).contains("\n")) {
            throw new OctetException(SimulatorCode.SYNTAX, line, "a string has no end");
        }
        tokens.add(new Token(Token.Kind.STRING, text.substring(at + 1, end), line));
        at = end + 1;
    }

    private void take(Token.Kind kind) {
        int start = at;
        while (at < text.length()) {
            if (text.startsWith("::", at)) {
                at += 2;
            } else if (isWord(text.charAt(at)) || isDigit(text.charAt(at))) {
                at++;
            } else {
                break;
            }
        }
        tokens.add(new Token(kind, text.substring(start, at), line));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || "_$%.".indexOf(c) >= 0;
    }
}
