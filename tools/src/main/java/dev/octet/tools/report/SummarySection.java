package dev.octet.tools.report;

import dev.octet.plan.Port;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.tools.report.html.Html;
import java.util.List;

/** The network in a few figures, what it reads and makes, and where its numbers come from. */
final class SummarySection {
    private final ReportData data;
    private final Layers layers;

    SummarySection(ReportData data, Layers layers) {
        this.data = data;
        this.layers = layers;
    }

    void write(Html html) {
        Section.open(html, "summary", "Summary");
        html.open("ul", "class", "stats");
        long products =
                layers.all().stream().mapToLong(l -> l.cost().products()).sum();
        long weights =
                layers.all().stream().mapToLong(l -> l.cost().weightBytes()).sum();
        stat(html, Figures.count(products), "MACs an image");
        stat(html, Figures.bytes(weights), "of weights");
        stat(html, String.valueOf(data.program().steps().size()), "launches");
        stat(html, String.valueOf(data.kernels().size()), "kernels");
        stat(html, Figures.bytes(data.program().arenaBytesPerImage()), "of memory an image");
        stat(
                html,
                Figures.micros(floor()),
                "floor of a run of " + data.batch() + " on " + data.gpu().title());
        for (int i = 0; i < data.profiles().all().size(); i++) {
            stat(
                    html,
                    Figures.micros(measured(i)),
                    "by steps, measured on " + data.profiles().label(i));
        }
        html.close();
        html.open("dl", "class", "wide");
        ports(html, "Input", data.plan().inputs());
        ports(html, "Output", data.plan().outputs());
        data.table().ifPresent(table -> Section.fact(html, "Calibration", calibration(table)));
        data.floatWeights().ifPresent(file -> {
            Section.fact(
                    html,
                    "Weights file",
                    file.path().getFileName() + ", " + file.tensors().size() + " tensors");
            file.metadata().forEach((name, value) -> Section.fact(html, "Its " + name, value));
        });
        html.close();
        html.closeLine();
    }

    private static void stat(Html html, String figure, String what) {
        html.open("li").leaf("strong", figure).leaf("span", what).close();
    }

    private double floor() {
        return layers.launched().stream()
                .mapToDouble(layer -> layer.cost().floorMicros(data.gpu(), data.batch()))
                .sum();
    }

    private double measured(int profile) {
        return layers.all().stream()
                .mapToDouble(layer -> layer.micros(profile).orElse(0.0))
                .sum();
    }

    private static void ports(Html html, String title, List<Port> ports) {
        for (Port port : ports) {
            String image = port.image()
                    .map(format -> ", bytes of an image, " + format.order().name())
                    .orElse(", floats");
            Section.fact(html, title, port.name() + ": " + Types.shape(port.shape()) + image);
        }
    }

    private static String calibration(CalibrationTable table) {
        return table.algorithm() + " over " + table.examples() + " examples, "
                + table.amax().size() + " ranges";
    }
}
