package dev.octet.tools.report.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML, and SVG within it. Text and values of attributes are escaped here and nowhere else; what is markup stands in
 * this project's own code or resources.
 */
public final class Html {
    /** Elements without content. */
    private static final Set<String> VOID = Set.of("meta", "br", "hr", "input", "col");

    private final StringBuilder out = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /** A document in English; the elements {@code html} to {@code body} are the caller's. */
    public static Html document() {
        Html html = new Html();
        html.out.append("<!DOCTYPE html>\n");
        return html;
    }

    /**
     * Opens an element.
     *
     * @param tag its name
     * @param attributes names and values in turn; a name without need of a value has an empty one
     */
    public Html open(String tag, String... attributes) {
        start(tag, attributes);
        if (!VOID.contains(tag)) {
            open.push(tag);
        }
        return this;
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
    }

    /** Closes the element that was opened last. */
    public Html close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Closes the element that was opened last, and ends the line. */
    public Html closeLine() {
        close();
        out.append('\n');
        return this;
    }

    /** Writes text. */
    public Html text(String text) {
        escape(text);
        return this;
    }

    /** Writes an element that has only text. */
    public Html leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** Writes an element that has nothing in it. */
    public Html empty(String tag, String... attributes) {
        start(tag, attributes);
        if (!VOID.contains(tag)) {
            out.append("</").append(tag).append('>');
        }
        return this;
    }

    /**
     * Writes a style sheet or script. Throws {@link IllegalArgumentException} if it could end its element.
     *
     * @param tag {@code style} or {@code script}
     * @param text content, not escaped
     */
    public Html raw(String tag, String text, String... attributes) {
        if (text.contains("</") || text.contains("<!--")) {
            throw new IllegalArgumentException("a " + tag + " does not contain tags");
        }
        start(tag, attributes);
        out.append(text).append("</").append(tag).append(">\n");
        return this;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(isShown(c) ? c : '\ufffd');
            }
        }
    }

    /** Control characters are errors in HTML, whether escaped or not. */
    private static boolean isShown(char c) {
        return c == '\n' || c == '\t' || c >= 0x20 && (c < 0x7f || c > 0x9f);
    }

    /** The document. Throws {@link IllegalStateException} if an element is open. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.toString();
    }
}
