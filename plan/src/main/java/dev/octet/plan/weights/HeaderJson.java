package dev.octet.plan.weights;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the part of JSON (RFC 8259) that occurs in safetensors headers: objects, arrays of integers, strings and
 * integers that are not negative. Object keys must be unique. The caller says what comes next, so nothing nests deeper
 * than the caller goes. Violations throw {@link IllegalArgumentException} with the position.
 */
final class HeaderJson {
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";
    private static final int MAX_DIGITS = 18;
    private static final int MAX_INTEGERS = 64;
    private static final int MAX_KEY = 1024;

    private final String text;
    private int position;

    HeaderJson(String text) {
        this.text = text;
    }

    /** Reads an object; {@code member} is called with each key and reads the value. */
    void object(Consumer<String> member) {
        expect('{');
        Set<String> keys = new HashSet<>();
        if (accept('}')) {
            return;
        }
        do {
            String key = key();
            if (!keys.add(key)) {
                throw failure("key '" + key + "' occurs twice");
            }
            expect(':');
            member.accept(key);
        } while (accept(','));
        expect('}');
    }

    /** Reads a short string, which messages may repeat. */
    String key() {
        int start = position;
        String key = string();
        if (key.length() > MAX_KEY) {
            position = start;
            throw failure("a name is longer than " + MAX_KEY + " characters");
        }
        return key;
    }

    /** Reads an array of integers. */
    List<Long> integers() {
        expect('[');
        List<Long> values = new ArrayList<>();
        if (accept(']')) {
            return values;
        }
        do {
            if (values.size() == MAX_INTEGERS) {
                throw failure("more than " + MAX_INTEGERS + " integers");
            }
            values.add(integer());
        } while (accept(','));
        expect(']');
        return values;
    }

    /** Reads a string. */
    String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw failure("control character in a string");
            }
            out.append(c == '\\' ? escape() : c);
        }
        return out.toString();
    }

    /** Checks that only white space is left. */
    void end() {
        skipSpace();
        if (position < text.length()) {
            throw failure("text after the header");
        }
    }

    private long integer() {
        skipSpace();
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        int digits = position - start;
        if (digits == 0 || digits > MAX_DIGITS || digits > 1 && text.charAt(start) == '0') {
            throw failure("expected an integer of at most " + MAX_DIGITS + " digits");
        }
        return Long.parseLong(text.substring(start, position));
    }

    private char escape() {
        char c = next();
        if (c == 'u') {
            return unicode();
        }
        int index = ESCAPES.indexOf(c);
        if (index < 0) {
            throw failure("unknown escape");
        }
        return ESCAPED.charAt(index);
    }

    private char unicode() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char digit = next();
            if (!HexFormat.isHexDigit(digit)) {
                throw failure("expected four hexadecimal digits");
            }
            value = value * 16 + HexFormat.fromHexDigit(digit);
        }
        return (char) value;
    }

    private char next() {
        if (position == text.length()) {
            throw failure("the header ends within a string");
        }
        return text.charAt(position++);
    }

    private boolean accept(char wanted) {
        skipSpace();
        boolean found = position < text.length() && text.charAt(position) == wanted;
        position += found ? 1 : 0;
        return found;
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw failure("expected " + wanted);
        }
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private IllegalArgumentException failure(String what) {
        return new IllegalArgumentException("header, character " + position + ": " + what);
    }
}
