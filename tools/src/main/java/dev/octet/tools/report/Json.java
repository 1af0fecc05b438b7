package dev.octet.tools.report;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON (RFC 8259) into maps, lists, strings, doubles, booleans and null. Keys of an object are unique, and nothing
 * nests deeper than {@link #MAX_DEPTH}. What is wrong throws {@link IllegalArgumentException} with the line.
 */
public final class Json {
    private static final int MAX_DEPTH = 32;
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");

    private final String text;
    private int position;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads a text that is one value.
     *
     * @throws IllegalArgumentException with the line, if it is no JSON
     */
    public static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value(0);
        json.skipSpace();
        if (json.position < text.length()) {
            throw json.failure("there is more after the end");
        }
        return value;
    }

    private Object value(int depth) {
        skipSpace();
        if (depth > MAX_DEPTH) {
            throw failure("nested too deeply");
        }
        char first = position < text.length() ? text.charAt(position) : ' ';
        return switch (first) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        expect('{');
        Map<String, Object> members = new LinkedHashMap<>();
        if (accept('}')) {
            return members;
        }
        do {
            skipSpace();
            String key = string();
            expect(':');
            if (members.containsKey(key)) {
                throw failure("'" + key + "' is there twice");
            }
            members.put(key, value(depth + 1));
        } while (accept(','));
        expect('}');
        return members;
    }

    private List<Object> array(int depth) {
        expect('[');
        List<Object> elements = new ArrayList<>();
        if (accept(']')) {
            return elements;
        }
        do {
            elements.add(value(depth + 1));
        } while (accept(','));
        expect(']');
        return elements;
    }

    private Object word(String word, Object meaning) {
        if (!text.startsWith(word, position)) {
            throw failure("expected a value");
        }
        position += word.length();
        return meaning;
    }

    private Double number() {
        Matcher matcher = NUMBER.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw failure("expected a value");
        }
        position = matcher.end();
        double number = Double.parseDouble(matcher.group());
        if (Double.isInfinite(number)) {
            throw failure("the number is too large");
        }
        return number;
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw failure("a control character in a string");
            }
            out.append(c == '\\' ? escape() : c);
        }
        return out.toString();
    }

    private char escape() {
        char c = next();
        if (c == 'u') {
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
        int index = ESCAPES.indexOf(c);
        if (index < 0) {
            throw failure("unknown escape");
        }
        return ESCAPED.charAt(index);
    }

    private char next() {
        if (position == text.length()) {
            throw failure("it ends within a string");
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
        long line = 1 + text.chars().limit(position).filter(c -> c == '\n').count();
        return new IllegalArgumentException("line " + line + ": " + what);
    }
}
