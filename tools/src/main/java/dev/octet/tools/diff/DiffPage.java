package dev.octet.tools.diff;

import dev.octet.tools.report.html.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The comparison of two builds as one HTML file, which loads nothing from anywhere. Equal comparisons have equal files. */
public final class DiffPage {
    private static final int SOURCE_INDENT = 6;
    private static final Map<Character, String> KINDS = Map.of('-', "removed", '+', "added", '~', "changed");

    private final Html html = Html.document();
    private final BuildDiff diff;
    private boolean list;
    private boolean source;
    private String last = "";

    private DiffPage(BuildDiff diff) {
        this.diff = diff;
    }

    /** The page, UTF-8. */
    public static byte[] html(BuildDiff diff) {
        return new DiffPage(diff).write().getBytes(StandardCharsets.UTF_8);
    }

    private String write() {
        html.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'");
        html.leaf("title", "Comparison of two builds").raw("style", style()).closeLine();
        html.open("body").open("main").leaf("h1", "Comparison of two builds");
        html.leaf("p", diff.changed() ? diff.summary() : "Nothing differs: " + diff.summary(), "class", "summary");
        diff.lines().forEach(this::write);
        closeList();
        html.close().close().closeLine();
        return html.toString();
    }

    private void write(String line) {
        String text = line.strip();
        int indent = text.isEmpty() ? SOURCE_INDENT : line.indexOf(text.charAt(0));
        if (indent >= SOURCE_INDENT) {
            writeSource(line.length() < SOURCE_INDENT ? "" : line.substring(SOURCE_INDENT));
        } else if (KINDS.containsKey(text.charAt(0)) && text.startsWith(" ", 1)) {
            writeChange(KINDS.get(text.charAt(0)), text.substring(2));
        } else {
            closeList();
            html.leaf(indent == 0 ? "h2" : "h3", text);
        }
    }

    private void writeChange(String kind, String text) {
        closeSource();
        last = text;
        if (!list) {
            html.open("ul");
            list = true;
        } else {
            html.closeLine();
        }
        html.open("li", "class", kind).leaf("span", kind, "class", "kind").leaf("span", text, "class", "what");
    }

    /** Lines of a unified diff belong to the change before them. */
    private void writeSource(String line) {
        if (!source) {
            html.open("pre", "tabindex", "0", "role", "region", "aria-label", "Lines of " + last)
                    .open("code");
            source = true;
        }
        char first = line.isEmpty() ? ' ' : line.charAt(0);
        html.leaf("span", line, "class", first == '+' ? "added" : first == '-' ? "removed" : "");
        html.text("\n");
    }

    private void closeSource() {
        if (source) {
            html.close().close();
            source = false;
        }
    }

    private void closeList() {
        closeSource();
        if (list) {
            html.close().closeLine();
            list = false;
        }
    }

    private static String style() {
        try (InputStream in = DiffPage.class.getResourceAsStream("diff.css")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks diff.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
