package dev.octet.plan.internal;

import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.ForeignContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A position in a text that is read from left to right, line by line. Grammars are methods that call it; there is no
 * white space to skip, because the texts have one canonical form. Everything that is read is bounded: names by
 * {@link #LONGEST_NAME}, numbers by the caller's range, lists by the caller's limit.
 *
 * <p>Its methods throw {@link IllegalArgumentException}, as the records' constructors do; {@link #parse} turns both into
 * a diagnostic with file name and line.
 */
public final class Cursor {
    /** Most characters of a name. */
    public static final int LONGEST_NAME = 512;

    private static final String NAME_PUNCTUATION = "_.$/+-";
    private static final int QUOTED = 24;
    private static final List<String> CONFLICTS = List.of("<<<<<<< ", "=======\n", ">>>>>>> ");

    private final String text;
    private int position;
    private int line = 1;
    private final List<String> skipped = new ArrayList<>();

    private Cursor(String text) {
        this.text = text;
    }

    /**
     * Reads a whole text.
     *
     * @param text what to read
     * @param name name of the file, for messages
     * @param malformed code whose text takes the file name, the line and what is wrong there
     * @param grammar reads the value
     */
    public static <T> T parse(String text, String name, DiagnosticCode malformed, Function<Cursor, T> grammar) {
        Cursor cursor = new Cursor(text);
        try {
            T value = grammar.apply(cursor);
            if (!cursor.atEnd()) {
                throw cursor.expected("the end of the file");
            }
            return value;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new OctetException(e, malformed, name, cursor.line, cursor.problem(e.getMessage()));
        }
    }

    /** Names what is known to end up in files: other files, and what version control leaves when it cannot merge. */
    private String problem(String complaint) {
        int start = text.lastIndexOf('\n', Math.max(position - 1, 0)) + 1;
        if (CONFLICTS.stream().anyMatch(marker -> text.startsWith(marker, start))) {
            return "a merge conflict is left in the file; choose one side";
        }
        return (line == 1 ? ForeignContent.describe(text) : Optional.<String>empty()).orElse(complaint);
    }

    /** Whether a text can be written as a name: letters, digits and {@code _ . $ / + -}. */
    public static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME && text.chars().allMatch(Cursor::isNameCharacter);
    }

    /** Returns a name that {@link #name()} reads back; throws {@link IllegalArgumentException} if it is none. */
    public static String requireName(String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException("not a name of letters, digits and " + NAME_PUNCTUATION + ": " + text);
        }
        return text;
    }

    private static boolean isNameCharacter(int c) {
        return Character.isLetterOrDigit((char) c) || NAME_PUNCTUATION.indexOf(c) >= 0;
    }

    /** From the end of this line on skips lines that start with {@code prefix}. */
    public void skipLines(String prefix) {
        skipped.add(prefix);
    }

    /** Current line, from 1. */
    public int line() {
        return line;
    }

    /** Whether everything was read. */
    public boolean atEnd() {
        return position == text.length();
    }

    /** Whether a literal comes next. */
    public boolean isNext(String literal) {
        return text.startsWith(literal, position);
    }

    /** Reads a literal if it comes next. */
    public boolean accept(String literal) {
        if (!isNext(literal)) {
            return false;
        }
        position += literal.length();
        return true;
    }

    /** Reads a literal. */
    public void expect(String literal) {
        if (!accept(literal)) {
            throw expected("'" + literal + "'");
        }
    }

    /** Reads the end of a line. */
    public void endLine() {
        if (!accept("\n")) {
            throw expected("the end of the line");
        }
        line++;
        while (skipped.stream().anyMatch(prefix -> text.startsWith(prefix, position))) {
            restOfLine();
        }
    }

    /** Reads everything up to the end of the line, and the end. */
    public String restOfLine() {
        int end = text.indexOf('\n', position);
        if (end < 0) {
            throw new IllegalArgumentException("the file ends within a line");
        }
        String rest = text.substring(position, end);
        position = end + 1;
        line++;
        return rest;
    }

    /** Reads the rest of the line by another grammar, and the end; what that throws is said of this line. */
    public <T> T restOfLine(Function<String, T> grammar) {
        int end = text.indexOf('\n', position);
        T value = grammar.apply(text.substring(position, end < 0 ? text.length() : end));
        restOfLine();
        return value;
    }

    /** Reads a name. */
    public String name() {
        int start = position;
        while (position < text.length() && isNameCharacter(text.charAt(position))) {
            position++;
        }
        if (start == position) {
            throw expected("a name");
        }
        if (position - start > LONGEST_NAME) {
            throw new IllegalArgumentException("a name is longer than " + LONGEST_NAME + " characters");
        }
        return text.substring(start, position);
    }

    /** Reads a decimal integer in {@code [min, max]}. */
    public int integer(int min, int max) {
        return (int) integer((long) min, (long) max);
    }

    /** Reads a decimal integer in {@code [min, max]}; {@code max} is at most 2^53. */
    public long integer(long min, long max) {
        long value = 0;
        int start = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            value = Math.min(value * 10 + (text.charAt(position) - '0'), 1L << 54);
            position++;
        }
        if (start == position) {
            throw expected("a number");
        }
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "number " + quote(text.substring(start, position)) + " is not in " + min + ".." + max);
        }
        return value;
    }

    /** Reads {@code true} or {@code false}. */
    public boolean flag() {
        return oneOf(new Boolean[] {false, true}, String::valueOf);
    }

    /** Reads the name of one of several values. */
    public <T> T oneOf(T[] values, Function<T, String> nameOf) {
        String found = name();
        for (T value : values) {
            if (nameOf.apply(value).equals(found)) {
                return value;
            }
        }
        String names = Arrays.stream(values).map(nameOf).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("expected one of " + names + ", found " + quote(found));
    }

    /** Reads one or more items with a separator between them. */
    public <T> List<T> list(String separator, int limit, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        do {
            if (items.size() == limit) {
                throw new IllegalArgumentException("a list has more than " + limit + " items");
            }
            items.add(item.get());
        } while (accept(separator));
        return items;
    }

    private IllegalArgumentException expected(String what) {
        String found = atEnd() ? "the end of the file" : quote(text.substring(position));
        return new IllegalArgumentException("expected " + what + ", found " + found);
    }

    /** The beginning of a text in quotes, without control characters. */
    private static String quote(String text) {
        int end = text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
        String shown = end == 0 ? "end of line" : text.substring(0, Math.min(end, QUOTED));
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + (end > QUOTED ? "...'" : "'");
    }
}
