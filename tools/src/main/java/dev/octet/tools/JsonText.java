package dev.octet.tools;

import java.util.Locale;

/** Pieces of JSON (RFC 8259) to be written. */
public final class JsonText {
    private JsonText() {}

    /**
     * A number, or {@code null} for one that JSON does not have: NaN and the infinities.
     *
     * @param format how it is written, as {@link String#format}
     */
    public static String number(String format, double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, format, number) : "null";
    }

    /** A string with its quotes: ASCII, whatever is in it. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
