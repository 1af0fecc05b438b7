package dev.octet.tools.report;

import dev.octet.tools.report.html.Html;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured of a network, and which commands measure what was not. */
final class AccuracySection {
    private static final int WORST = 6;

    private final ReportData data;
    private final Layers layers;

    AccuracySection(ReportData data, Layers layers) {
        this.data = data;
        this.layers = layers;
    }

    void write(Html html) {
        Section.open(html, "accuracy", "Accuracy");
        data.evaluation().ifPresent(found -> writeTable(html, found));
        data.evaluation().ifPresent(found -> writeWorst(html, found));
        writeMissing(html);
        html.closeLine();
    }

    private void writeTable(Html html, EvaluationFile found) {
        boolean labels =
                found.rows().values().stream().anyMatch(row -> row.top1().isPresent());
        boolean five = found.rows().values().stream().anyMatch(row -> row.top5().isPresent());
        html.leaf("p", summary(found), "class", "hint");
        html.open("div", "class", "scroll", "role", "region", "aria-label", "Table of accuracy", "tabindex", "0");
        html.open("table").open("thead").open("tr");
        heading(html, "Arithmetic", "");
        heading(html, "Device", "");
        if (labels) {
            heading(html, "Top-1", "number");
        }
        if (five) {
            heading(html, "Top-5", "number");
        }
        heading(html, "Agreement with FP32", "number");
        heading(html, "Images/s", "number");
        html.close().close().open("tbody");
        found.rows().forEach((name, row) -> {
            html.open("tr").leaf("th", name, "scope", "row").leaf("td", row.device());
            if (labels) {
                Section.number(html, row.top1().map(AccuracySection::percent).orElse("–"));
            }
            if (five) {
                Section.number(html, row.top5().map(AccuracySection::percent).orElse("–"));
            }
            Section.number(html, percent(row.agreement()));
            double speed = row.imagesPerSecond();
            Section.number(html, Double.isNaN(speed) ? "–" : String.format(Locale.ROOT, "%,.0f", speed));
            html.closeLine();
        });
        html.close().close().close();
    }

    private static void heading(Html html, String text, String style) {
        html.leaf("th", text, "scope", "col", "class", style);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String summary(EvaluationFile found) {
        String images = "Measured on " + String.format(Locale.ROOT, "%,d", found.images()) + " images.";
        return found.difference()
                .map(difference -> images
                        + String.format(
                                Locale.ROOT,
                                " Top-1 of INT8 is %+.2f points from that of FP32, with an interval of 95 %% from %+.2f to"
                                        + " %+.2f.",
                                100 * difference.top1(),
                                100 * difference.low(),
                                100 * difference.high()))
                .orElse(images);
    }

    /** What is not finite comes before all that is noisy. */
    private static double order(EvaluationFile.Noise noise) {
        return noise.isKnown() ? noise.snr() : Double.NEGATIVE_INFINITY;
    }

    private void writeWorst(Html html, EvaluationFile found) {
        List<Layer> worst = layers.all().stream()
                .filter(layer -> found.noise().containsKey(layer.node().name()))
                .sorted(Comparator.comparingDouble(
                        layer -> order(found.noise().get(layer.node().name()))))
                .limit(WORST)
                .toList();
        if (worst.isEmpty()) {
            return;
        }
        html.leaf("h3", "Noisiest values").open("p", "class", "items");
        for (Layer layer : worst) {
            html.open("span", "class", "item");
            Section.link(html, layer.node().name(), layer.id(), "value");
            html.text(" " + NoisePart.text(found.noise().get(layer.node().name())))
                    .close();
        }
        html.close();
    }

    private void writeMissing(Html html) {
        Map<String, String> missing = new LinkedHashMap<>();
        if (data.histograms().isEmpty()) {
            missing.put(
                    "What calibration saw of each value, with the range of each mode",
                    "mvn compile octet:calibrate -Doctet.images=<place> -Doctet.histograms=true");
        }
        if (data.evaluation().isEmpty()) {
            missing.put(
                    "Accuracy and the noise of each value" + otherNetwork(),
                    "mvn process-classes octet:evaluate -Doctet.images=<place> -Doctet.layerImages=32");
        } else if (data.evaluation().get().noise().isEmpty()) {
            missing.put(
                    "The noise of each value",
                    "mvn process-classes octet:evaluate -Doctet.images=<place> -Doctet.layerImages=32");
        }
        if (missing.isEmpty()) {
            return;
        }
        html.leaf("h3", "Not measured");
        html.leaf("p", "A report shows these too, once the command has run:", "class", "hint")
                .open("dl", "class", "wide");
        missing.forEach((what, command) ->
                html.leaf("dt", what).open("dd").leaf("code", command).close());
        html.close();
    }

    private String otherNetwork() {
        Optional<String> other = data.evaluationOf();
        return other.map(name -> " (the evaluation that is there is of " + name + ")")
                .orElse("");
    }
}
