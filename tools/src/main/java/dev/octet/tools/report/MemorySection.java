package dev.octet.tools.report;

import dev.octet.compiler.memory.Lifetime;
import dev.octet.compiler.memory.Liveness;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.tools.report.html.Html;
import java.util.List;

/** The memory plan: which part of the arena holds which value at which launch. */
final class MemorySection {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 300;

    private final ReportData data;
    private final Layers layers;

    MemorySection(ReportData data, Layers layers) {
        this.data = data;
        this.layers = layers;
    }

    void write(Html html) {
        LaunchProgram program = data.program();
        long arena = program.arenaBytesPerImage();
        long sum = program.buffers().stream().mapToLong(Buffer::bytesPerImage).sum();
        Section.open(html, "memory", "Memory");
        html.leaf(
                "p",
                "All values of an image share an arena of " + Figures.bytes(arena) + "; on their own they would take "
                        + Figures.bytes(sum) + ", " + Figures.real((double) sum / arena)
                        + " times as much. A session for "
                        + data.batch() + " images takes " + Figures.bytes((double) arena * data.batch()) + ".");
        html.open("div", "class", "bars memory");
        bar(html, "Arena", arena, sum);
        bar(html, "All values", sum, sum);
        html.close();
        html.open("div", "class", "scroll", "role", "region", "aria-label", "Memory plan", "tabindex", "0");
        html.open("figure", "class", "arena");
        html.leaf("figcaption", "Offset in the arena, upwards, at each launch, to the right");
        writePicture(html, arena);
        html.open("p", "class", "axis");
        html.leaf("span", "before the first launch")
                .leaf("span", "launch " + program.steps().size());
        html.close().close().close();
        html.closeLine();
    }

    private static void bar(Html html, String name, long bytes, long most) {
        html.open("div").leaf("span", name, "class", "key");
        html.open("span", "class", "track");
        html.empty("span", "style", "width:" + Figures.at(100.0 * bytes / most) + "%")
                .close();
        html.leaf("span", Figures.bytes(bytes), "class", "count").close();
    }

    private void writePicture(Html html, long arena) {
        Graph graph = data.plan().int8();
        LaunchProgram program = data.program();
        List<Lifetime> lifetimes =
                Liveness.of(graph, program.steps().stream().map(Step::region).toList());
        html.open(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "role",
                "img",
                "preserveAspectRatio",
                "none",
                "aria-label",
                lifetimes.size() + " values in an arena of " + Figures.bytes(arena) + " over "
                        + program.steps().size() + " launches");
        double step = (double) WIDTH / (program.steps().size() + 2);
        for (Lifetime lifetime : lifetimes) {
            Buffer buffer = program.buffer(lifetime.value());
            Layer layer = layers.of(lifetime.value());
            double height = (double) HEIGHT * buffer.bytesPerImage() / arena;
            html.open(
                    "rect",
                    "class",
                    layer.op().family().style(),
                    "data-to",
                    layer.id(),
                    "x",
                    Figures.at((lifetime.first() + 1) * step),
                    "width",
                    Figures.at((lifetime.last() - lifetime.first() + 1) * step),
                    "y",
                    Figures.at(HEIGHT - (double) HEIGHT * buffer.offset() / arena - height),
                    "height",
                    Figures.at(Math.max(height, 0.5)));
            html.leaf(
                    "title",
                    layer.node().name() + ": " + Figures.bytes(buffer.bytesPerImage()) + " at " + buffer.offset() + ", "
                            + span(lifetime, program.steps().size()));
            html.close();
        }
        html.close();
    }

    private static String span(Lifetime lifetime, int steps) {
        String first = lifetime.first() < 0 ? "before the first launch" : "launch " + (lifetime.first() + 1);
        String last = lifetime.last() >= steps ? "the end" : "launch " + (lifetime.last() + 1);
        return "from " + first + " to " + last;
    }
}
