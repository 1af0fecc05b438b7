package dev.octet.tools.report;

import dev.octet.tools.report.html.Html;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How long runs took on the devices that were measured. */
final class SpeedSection {
    private final ReportData data;
    private final List<Layer> launched;

    SpeedSection(ReportData data, Layers layers) {
        this.data = data;
        this.launched = layers.launched();
    }

    void write(Html html) {
        if (data.profiles().all().isEmpty()) {
            return;
        }
        Section.open(html, "speed", "Speed");
        html.leaf(
                "p",
                "Medians of runs of " + data.batch() + (data.batch() == 1 ? " image" : " images")
                        + ". A whole run is as a program has it, copies included; its steps are measured one by one, so that on"
                        + " a GPU they can add up to more. Images/s are by the whole run, or by the steps where only they"
                        + " were measured. The floor is that of " + data.gpu().title() + ".",
                "class",
                "hint");
        html.open("div", "class", "scroll", "role", "region", "aria-label", "Table of speed", "tabindex", "0");
        html.open("table").open("thead").open("tr");
        for (String heading : List.of("Profile", "Device")) {
            html.leaf("th", heading, "scope", "col");
        }
        for (String heading : List.of("Whole run", "Steps together", "Times the floor", "Images/s")) {
            html.leaf("th", heading, "scope", "col", "class", "number");
        }
        html.leaf("th", "Slowest step", "scope", "col").close().close().open("tbody");
        for (int i = 0; i < data.profiles().all().size(); i++) {
            writeRow(html, i);
        }
        html.close().close().close();
        html.closeLine();
    }

    private void writeRow(Html html, int index) {
        Profile profile = data.profiles().all().get(index);
        double steps = sum(layer -> layer.micros(index).orElse(0.0));
        double floor = sum(layer -> layer.cost().floorMicros(data.gpu(), data.batch()));
        long unmeasured =
                launched.stream().filter(layer -> layer.micros(index).isEmpty()).count();
        html.open("tr").leaf("th", data.profiles().label(index), "scope", "row");
        html.leaf("td", profile.device());
        Section.number(html, profile.runMicros().map(Figures::micros).orElse("–"));
        Section.number(
                html, Figures.micros(steps) + (unmeasured == 0 ? "" : ", without " + unmeasured + " not measured"));
        // The floor is that of a GPU.
        Section.number(html, profile.ofCpu() || unmeasured > 0 ? "–" : Figures.real(steps / floor));
        double run = profile.runMicros().orElse(unmeasured > 0 ? 0 : steps);
        Section.number(html, run == 0 ? "–" : String.format(Locale.ROOT, "%,.0f", data.batch() * 1e6 / run));
        html.open("td");
        slowest(index).ifPresent(layer -> {
            Section.link(html, layer.node().name(), layer.id(), "value");
            html.text(" " + Figures.micros(layer.micros(index).orElseThrow()));
        });
        html.close();
        html.closeLine();
    }

    private double sum(ToDoubleFunction<Layer> time) {
        return launched.stream().mapToDouble(time).sum();
    }

    private Optional<Layer> slowest(int index) {
        return launched.stream()
                .filter(layer -> layer.micros(index).isPresent())
                .max(Comparator.comparingDouble(layer -> layer.micros(index).orElseThrow()));
    }
}
