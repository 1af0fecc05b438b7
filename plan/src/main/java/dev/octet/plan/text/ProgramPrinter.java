package dev.octet.plan.text;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Statistic;
import dev.octet.plan.launch.Step;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints launch programs: buffers with the types of their values, then steps with their regions and launches. */
final class ProgramPrinter {
    private final Map<Integer, Node> nodes;
    private final StringBuilder out;

    ProgramPrinter(Graph graph, StringBuilder out) {
        this.nodes = graph.byId();
        this.out = out;
    }

    void print(LaunchProgram program) {
        line("program " + program.target().text() + " batch " + program.minBatch() + ".." + program.maxBatch()
                + " arena " + program.arenaBytesPerImage());
        program.buffers().forEach(this::print);
        program.steps().forEach(this::print);
        program.statistics().forEach(this::print);
        line("end");
        line(summary(program));
    }

    /** The comment that ends a program, computed from its steps. */
    private String summary(LaunchProgram program) {
        long transposes = program.steps().stream()
                .filter(step -> LayoutOnly.isLayoutOnly(step.region(), nodes))
                .count();
        return "# " + program.steps().size() + " kernels, " + transposes + " layout transposes";
    }

    private void print(Buffer buffer) {
        line("buffer %" + buffer.value() + " "
                + TypeText.printElements(nodes.get(buffer.value()).type()) + " offset " + buffer.offset() + " bytes "
                + buffer.bytesPerImage());
    }

    private void print(Step step) {
        line("step " + step.kernel().name() + " " + step.kernel().hash());
        line(print(step.region()));
        line(print(step.geometry()));
        line("  arguments "
                + step.arguments().stream().map(ProgramPrinter::print).collect(Collectors.joining(" ")));
        step.tensorMaps().forEach(map -> line(print(map)));
        if (!step.workspace().equals(Step.Workspace.NONE)) {
            line("  workspace " + step.workspace().bytesPerImage() + " cleared "
                    + step.workspace().cleared());
        }
    }

    private void print(Statistic statistic) {
        line("statistic " + statistic.kind().text() + " " + statistic.kernel().name() + " "
                + statistic.kernel().hash());
        line(print(statistic.geometry()));
    }

    private static String print(Region region) {
        String inputs = region.inputs().isEmpty() ? "" : GraphPrinter.ids(region.inputs()) + " ";
        return "  region " + GraphPrinter.ids(region.ops()) + " : " + inputs + "-> "
                + GraphPrinter.ids(region.outputs());
    }

    private static String print(Geometry g) {
        return "  grid " + g.unitsPerImage() + "/" + g.unitsPerBlock() + "x" + g.gridY()
                + (g.isLimited() ? " most " + g.mostX() : "") + " threads " + g.threads() + " shared " + g.sharedBytes()
                + " cluster " + g.cluster() + " dependent " + g.dependentLaunch();
    }

    private static String print(Argument argument) {
        if (argument instanceof Argument.Value value) {
            return "value(%" + value.value() + ")";
        }
        if (argument instanceof Argument.Constants constants) {
            return "constants(%" + constants.op() + ")";
        }
        Argument.Weights weights = (Argument.Weights) argument;
        return "weights(%" + weights.op() + "," + print(weights.pack()) + ")";
    }

    private static String print(PackSpec pack) {
        if (pack instanceof PackSpec.MmaTiles tiles) {
            return "mma:" + tiles.tileN() + "x" + tiles.tileK() + "/" + tiles.group();
        }
        if (pack instanceof PackSpec.WgmmaTiles tiles) {
            return "wgmma:" + tiles.tileN() + "x" + tiles.tileK();
        }
        if (pack instanceof PackSpec.PixelFragments fragments) {
            return "pixels:" + fragments.kernelW() + "/" + fragments.group();
        }
        if (pack instanceof PackSpec.Lanes) {
            return "lanes";
        }
        if (pack instanceof PackSpec.FloatTiles tiles) {
            return "f32:" + tiles.tileN() + "x" + tiles.tileK();
        }
        return pack instanceof PackSpec.Dp4aTiles tiles ? "dp4a:" + tiles.tileN() + "x" + tiles.tileK() : "rows";
    }

    private static String print(Step.TensorMap map) {
        return "  map %" + map.value() + " box "
                + map.box().stream().map(String::valueOf).collect(Collectors.joining(",")) + " swizzle "
                + map.swizzleBytes();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
