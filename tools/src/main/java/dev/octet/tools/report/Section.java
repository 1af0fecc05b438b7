package dev.octet.tools.report;

import dev.octet.tools.report.html.Html;

/** What sections of the page have in common. */
final class Section {
    private Section() {}

    static void open(Html html, String id, String title) {
        html.open("section", "id", id, "aria-labelledby", id + "-title");
        html.leaf("h2", title, "id", id + "-title");
    }

    /** A link to another place in the page. */
    static void link(Html html, String text, String place, String style) {
        html.leaf("a", text, "href", "#" + place, "class", style);
    }

    /** A cell of a table that holds a number. */
    static void number(Html html, String text) {
        html.leaf("td", text, "class", "number");
    }

    /** A row of a list of facts. */
    static void fact(Html html, String name, String value) {
        if (!value.isEmpty()) {
            html.leaf("dt", name).leaf("dd", value);
        }
    }
}
