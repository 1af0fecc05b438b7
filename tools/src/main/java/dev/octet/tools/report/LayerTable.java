package dev.octet.tools.report;

import dev.octet.tools.report.html.Html;
import java.util.List;

/** The launches of a network as a table. */
final class LayerTable {
    private final ReportData data;
    private final List<Layer> launched;
    private final int profiles;

    LayerTable(ReportData data, Layers layers) {
        this.data = data;
        this.launched = layers.launched();
        this.profiles = data.profiles().all().size();
    }

    void write(Html html) {
        Section.open(html, "layers", "Layers");
        html.leaf("p", assumptions(), "class", "hint");
        html.open("div", "class", "scroll", "role", "region", "aria-label", "Table of layers", "tabindex", "0");
        html.open("table").open("thead").open("tr");
        heading(html, "#", true);
        heading(html, "Layer", false);
        heading(html, "Operator", false);
        heading(html, "Result", false);
        heading(html, "MACs", true);
        heading(html, "Moved", true);
        heading(html, "Floor", true);
        for (int i = 0; i < profiles; i++) {
            heading(html, "Measured, " + data.profiles().label(i), true);
        }
        heading(html, profiles > 0 ? "Share of time, " + data.profiles().label(0) : "Share of the floor", false);
        heading(html, "Bound by", false);
        html.close().close().open("tbody");
        double total = launched.stream().mapToDouble(this::time).sum();
        launched.forEach(layer -> writeRow(html, layer, total));
        html.close().close().close();
        html.closeLine();
    }

    private String assumptions() {
        Gpu gpu = data.gpu();
        return "Floors are what no kernel can be faster than on " + gpu.title() + " at its peak figures: "
                + Figures.count(gpu.int8Tops() * 1e12) + "OPS in INT8, " + Figures.count(gpu.fp32Tflops() * 1e12)
                + "FLOPS in FP32, " + Figures.count(gpu.gigabytesPerSecond() * 1e9) + "B/s of memory. Batch "
                + data.batch()
                + "; every operand, result and weight is moved once.";
    }

    private static void heading(Html html, String text, boolean number) {
        html.leaf("th", text, "scope", "col", "class", number ? "number" : "");
    }

    private double time(Layer layer) {
        return profiles > 0 ? layer.micros(0).orElse(0.0) : layer.cost().floorMicros(data.gpu(), data.batch());
    }

    private void writeRow(Html html, Layer layer, double total) {
        LayerCost cost = layer.cost();
        html.open("tr").leaf("td", String.valueOf(layer.step().orElseThrow().number()), "class", "number");
        html.open("th", "scope", "row");
        Section.link(html, layer.node().name(), layer.id(), "value");
        html.close();
        html.leaf("td", layer.op().text()).leaf("td", Types.brief(layer.node().type()), "class", "type");
        Section.number(html, cost.products() == 0 ? "" : Figures.count((double) cost.products() * data.batch()));
        Section.number(html, Figures.bytes(cost.bytes(data.batch())));
        Section.number(html, Figures.micros(cost.floorMicros(data.gpu(), data.batch())));
        for (int i = 0; i < profiles; i++) {
            Section.number(html, layer.micros(i).map(Figures::micros).orElse("–"));
        }
        double share = total == 0 ? 0 : time(layer) / total;
        html.open("td", "class", "share")
                .empty("span", "class", "meter", "style", "width:" + Figures.at(100 * share) + "px");
        html.text(Figures.percent(share)).close();
        boolean compute = cost.computeMicros(data.gpu(), data.batch()) > cost.memoryMicros(data.gpu(), data.batch());
        html.leaf("td", compute ? "arithmetic" : "memory");
        html.closeLine();
    }
}
