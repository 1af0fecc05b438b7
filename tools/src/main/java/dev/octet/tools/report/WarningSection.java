package dev.octet.tools.report;

import dev.octet.tools.report.html.Html;
import java.util.List;

/** The warnings, each with what to do. */
final class WarningSection {
    /** Operators that are listed; a plan of floats would list all. */
    private static final int SHOWN = 24;

    private final List<Warning> warnings;

    WarningSection(List<Warning> warnings) {
        this.warnings = warnings;
    }

    void write(Html html) {
        if (warnings.isEmpty()) {
            return;
        }
        Section.open(html, "warnings", "Warnings");
        for (Warning warning : warnings) {
            html.open("div", "class", "warning").leaf("h3", warning.title()).leaf("p", warning.advice());
            if (!warning.layers().isEmpty()) {
                writeLayers(html, warning);
            }
            html.close();
        }
        html.closeLine();
    }

    private static void writeLayers(Html html, Warning warning) {
        html.open("p", "class", "items");
        int count = Math.min(SHOWN, warning.layers().size());
        for (int i = 0; i < count; i++) {
            Layer layer = warning.layers().get(i);
            html.open("span", "class", "item");
            Section.link(html, layer.node().name(), layer.id(), "value");
            html.text(warning.notes().isEmpty() ? "" : " " + warning.notes().get(i))
                    .close();
        }
        if (count < warning.layers().size()) {
            html.leaf("span", "and " + (warning.layers().size() - count) + " more", "class", "item");
        }
        html.close();
    }
}
