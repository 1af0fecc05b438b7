package dev.octet.tools.report;

import dev.octet.plan.graph.Node;
import dev.octet.tools.report.html.Html;
import java.util.List;

/** The network as two pictures, and beside them what is to be said of the operator that was chosen. */
final class GraphSection {
    private final ReportData data;
    private final Layers layers;
    private final List<LayerPart> parts;

    GraphSection(ReportData data, Layers layers, List<LayerPart> parts) {
        this.data = data;
        this.layers = layers;
        this.parts = parts;
    }

    void write(Html html) {
        Section.open(html, "graph", "Graph");
        html.leaf(
                "p",
                "Choose an operator for its details. Drag or scroll to move; arrow keys go from operator to operator, Enter"
                        + " opens one, + and − zoom.",
                "class",
                "hint screen");
        html.open("div", "class", "bar screen");
        html.open("div", "class", "tabs", "role", "tablist", "aria-label", "Which graph");
        tab(html, "int8", "Quantised", true);
        tab(html, "fp32", "Before fusion", false);
        html.close();
        html.open("div", "class", "tools", "role", "group", "aria-label", "Zoom");
        tool(html, "out", "−", "Zoom out");
        tool(html, "in", "+", "Zoom in");
        tool(html, "fit", "Fit", "Fit the width");
        tool(html, "all", "All", "Show the whole graph");
        html.close().close();
        html.open("div", "class", "split").open("div", "class", "views");
        view(html, "int8", "Quantised graph", false);
        view(html, "fp32", "Graph before fusion, in FP32", true);
        html.close();
        writeDetails(html);
        html.close();
        html.closeLine();
    }

    private static void tab(Html html, String name, String text, boolean selected) {
        html.leaf(
                "button",
                text,
                "type",
                "button",
                "role",
                "tab",
                "id",
                "tab-" + name,
                "aria-controls",
                "view-" + name,
                "aria-selected",
                String.valueOf(selected),
                "tabindex",
                selected ? "0" : "-1");
    }

    private static void tool(Html html, String action, String text, String label) {
        html.leaf("button", text, "type", "button", "data-zoom", action, "aria-label", label, "title", label);
    }

    private void view(Html html, String name, String label, boolean hidden) {
        String[] attributes = {
            "class", "view", "id", "view-" + name, "role", "tabpanel", "aria-labelledby", "tab-" + name, "tabindex", "0"
        };
        html.open("div", attributes);
        if (hidden) {
            new GraphPicture(data.plan().fp32(), Layer::floatId).write(html, label);
        } else {
            new GraphPicture(data.plan().int8(), Layer::id).write(html, label);
        }
        html.close();
    }

    private void writeDetails(Html html) {
        html.open(
                "aside",
                "class",
                "details",
                "id",
                "details",
                "aria-label",
                "Details of the chosen operator",
                "tabindex",
                "0");
        html.leaf("p", "No operator is chosen.", "class", "hint", "id", "nothing");
        LayerDetails details = new LayerDetails(data, layers, parts);
        layers.all().forEach(layer -> details.write(html, layer));
        for (Node node : data.plan().fp32().nodes()) {
            details.writeFloat(html, node);
        }
        html.close();
    }
}
