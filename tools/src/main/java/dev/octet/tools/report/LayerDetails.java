package dev.octet.tools.report;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.SourceLine;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Step;
import dev.octet.tools.report.html.Html;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is to be said of an operator. */
final class LayerDetails {
    private final ReportData data;
    private final Layers layers;
    private final List<LayerPart> parts;

    LayerDetails(ReportData data, Layers layers, List<LayerPart> parts) {
        this.data = data;
        this.layers = layers;
        this.parts = parts;
    }

    /** Writes an operator of the quantised graph. */
    void write(Html html, Layer layer) {
        Node node = layer.node();
        open(html, layer.id(), node.name(), layer.op());
        html.open("dl");
        writeLine(html, node);
        writeType(html, node);
        writeOperands(html, node, true);
        writeScale(html, node.type());
        layerName(node).ifPresent(name -> Section.fact(html, "Weights", name));
        writeCost(html, layer.cost());
        layer.step().ifPresent(step -> writeLaunch(html, step));
        layer.step().ifPresent(step -> writeInside(html, node, step.step().region()));
        writeTimes(html, layer);
        writeFused(html, layer);
        html.close();
        layerName(node)
                .flatMap(name -> data.weights().flatMap(weights -> WeightPlot.of(weights, name)))
                .ifPresent(plot -> plot.write(html));
        parts.forEach(part -> part.write(html, layer));
        html.closeLine();
    }

    /** Writes an operator of the float graph. */
    void writeFloat(Html html, Node node) {
        open(html, Layer.floatId(node), node.name(), OpText.of(node.op()));
        html.open("dl");
        writeLine(html, node);
        writeType(html, node);
        writeOperands(html, node, false);
        layerName(node).ifPresent(name -> Section.fact(html, "Weights", name));
        Optional<Node> quantised = layers.quantised(node);
        quantised.ifPresent(into -> {
            html.leaf("dt", "Quantised as").open("dd");
            Section.link(html, into.name(), Layer.id(into), "value");
            html.close();
        });
        html.close();
        html.closeLine();
    }

    private static void open(Html html, String id, String name, OpText op) {
        html.open("article", "id", id, "class", op.family().style(), "hidden", "");
        html.leaf("h3", name, "tabindex", "-1").leaf("p", op.text(), "class", "op");
    }

    private void writeLine(Html html, Node node) {
        SourceLine line = data.lines().get(node.name());
        if (line == null) {
            return;
        }
        html.leaf("dt", "Defined in").open("dd").text(line.toString());
        String quote = data.quotes().get(node.name());
        if (quote != null) {
            html.open("pre", "class", "quote").leaf("code", quote).close();
        }
        html.close();
    }

    private static void writeType(Html html, Node node) {
        Section.fact(html, "Result", Types.brief(node.type()));
        Section.fact(html, "Layout", Types.storage(node.type()));
    }

    private void writeOperands(Html html, Node node, boolean quantised) {
        if (node.inputs().isEmpty()) {
            return;
        }
        html.leaf("dt", node.inputs().size() == 1 ? "Operand" : "Operands").open("dd");
        for (int input : node.inputs()) {
            Node operand = (quantised ? data.plan().int8() : data.plan().fp32()).node(input);
            html.open("span", "class", "item");
            Section.link(html, operand.name(), quantised ? Layer.id(operand) : Layer.floatId(operand), "value");
            html.text(" " + Types.brief(operand.type())).close();
        }
        html.close();
    }

    private void writeScale(Html html, TensorType type) {
        if (type.scale().isEmpty()) {
            return;
        }
        String key = type.scale().get();
        Float amax = data.table().map(table -> table.amax().get(key)).orElse(null);
        if (amax == null) {
            Section.fact(html, "Scale", "not calibrated: " + key);
        } else {
            Section.fact(
                    html,
                    "Scale",
                    Figures.real((double) amax / type.element().max()) + " a step, range " + Figures.real(amax) + " of "
                            + key);
        }
    }

    private void writeCost(Html html, LayerCost cost) {
        if (cost.products() > 0) {
            Section.fact(html, "MACs", Figures.count(cost.products()) + " an image" + padding(cost));
        }
        Section.fact(
                html,
                "Memory",
                "reads " + Figures.bytes(cost.readBytes()) + ", writes " + Figures.bytes(cost.writtenBytes())
                        + " an image"
                        + (cost.weightBytes() == 0 ? "" : "; weights " + Figures.bytes(cost.weightBytes())));
    }

    private static String padding(LayerCost cost) {
        return cost.waste() == 0
                ? ""
                : ", " + Figures.count(cost.paddedProducts()) + " with padding (" + Figures.percent(cost.waste())
                        + " wasted)";
    }

    private void writeLaunch(Html html, Layer.Launch launch) {
        Step step = launch.step();
        html.leaf("dt", "Kernel").open("dd");
        Section.link(html, step.kernel().name(), KernelSection.id(step.kernel()), "kernel-name");
        html.close();
        Geometry geometry = step.geometry();
        String grid =
                geometry.gridX(data.batch()) + "×" + geometry.gridY() + " blocks of " + geometry.threads() + " threads";
        String shared = geometry.sharedBytes() == 0
                ? ""
                : ", " + Figures.bytes(geometry.sharedBytes()) + " dynamic shared memory";
        String limit =
                geometry.isLimited() ? ", at most " + geometry.mostX() + " along x, which walk over their work" : "";
        String cluster = geometry.cluster() == 1 ? "" : ", clusters of " + geometry.cluster();
        Section.fact(
                html,
                "Launch",
                "number " + launch.number() + ": " + grid + limit + shared + cluster
                        + (geometry.dependentLaunch() ? ", may begin before its predecessor ends" : ""));
        for (Argument argument : step.arguments()) {
            if (argument instanceof Argument.Weights weights) {
                Section.fact(html, "Schedule", tiles(weights.pack()));
            }
        }
    }

    /** What else the kernel computes. */
    private void writeInside(Html html, Node node, Region region) {
        if (region.ops().size() == 1) {
            return;
        }
        String names = region.ops().stream()
                .map(id -> data.plan().int8().node(id).name())
                .collect(Collectors.joining(" + "));
        boolean inside = !region.outputs().contains(node.id());
        Section.fact(
                html,
                "In one kernel",
                names + (inside ? "; this value stays inside it and has no memory of its own" : ""));
    }

    private static String tiles(PackSpec pack) {
        if (pack instanceof PackSpec.Dp4aTiles tiles) {
            return "dp4a, tiles of " + tiles.tileN() + " channels × " + tiles.tileK() + " bytes";
        } else if (pack instanceof PackSpec.MmaTiles tiles) {
            return "mma, tiles of " + tiles.tileN() + " channels × " + tiles.tileK() + " bytes, " + tiles.group()
                    + " a warp";
        } else if (pack instanceof PackSpec.WgmmaTiles tiles) {
            return "wgmma, tiles of " + tiles.tileN() + " channels × " + tiles.tileK() + " bytes";
        } else if (pack instanceof PackSpec.FloatTiles tiles) {
            return "FP32, tiles of " + tiles.tileN() + " channels × " + tiles.tileK() + " floats";
        }
        if (pack instanceof PackSpec.PixelFragments fragments) {
            return "mma, " + fragments.rowsOfStep() + (fragments.rowsOfStep() == 1 ? " filter row" : " filter rows")
                    + " a step, " + fragments.group() + " channels a warp";
        }
        return pack instanceof PackSpec.Lanes ? "a byte for each tap and lane" : "a row for each channel";
    }

    private void writeTimes(Html html, Layer layer) {
        if (layer.step().isEmpty()) {
            return;
        }
        LayerCost cost = layer.cost();
        double memory = cost.memoryMicros(data.gpu(), data.batch());
        double compute = cost.computeMicros(data.gpu(), data.batch());
        Section.fact(
                html,
                "Floor, batch " + data.batch(),
                Figures.micros(Math.max(memory, compute)) + ": memory " + Figures.micros(memory)
                        + (compute == 0 ? "" : ", arithmetic " + Figures.micros(compute)));
        for (int i = 0; i < data.profiles().all().size(); i++) {
            String name = "Measured, " + data.profiles().label(i);
            // The floor is that of a GPU.
            boolean comparable = !data.profiles().all().get(i).ofCpu();
            layer.micros(i)
                    .map(micros -> Figures.micros(micros)
                            + (comparable
                                    ? ", " + Figures.real(micros / Math.max(memory, compute)) + " times the floor"
                                    : ""))
                    .ifPresent(text -> Section.fact(html, name, text));
        }
    }

    private void writeFused(Html html, Layer layer) {
        if (layer.fused().isEmpty()) {
            return;
        }
        html.leaf("dt", "From").open("dd");
        for (Node node : layer.fused()) {
            html.open("span", "class", "item");
            Section.link(html, node.name(), Layer.floatId(node), "value");
            html.text(" " + OpText.of(node.op()).text()).close();
        }
        html.close();
    }

    /** The layer whose weights an operator has. */
    private static Optional<String> layerName(Node node) {
        if (node.op() instanceof Op.Conv2d conv) {
            return Optional.of(conv.layer());
        }
        return node.op() instanceof Op.Dense dense ? Optional.of(dense.layer()) : Optional.empty();
    }
}
