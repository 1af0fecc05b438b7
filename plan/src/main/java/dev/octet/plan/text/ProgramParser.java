package dev.octet.plan.text;

import dev.octet.plan.Target;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.internal.Cursor;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Statistic;
import dev.octet.plan.launch.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parses what {@link ProgramPrinter} prints. */
final class ProgramParser {
    private static final int MAX_LIST = 1 << 10;

    private static final int MAX_TILE = 1 << 12;

    private final Cursor in;
    private final Map<Integer, Node> nodes;

    ProgramParser(Cursor in, Graph graph) {
        this.in = in;
        this.nodes = graph.byId();
    }

    LaunchProgram parse() {
        in.expect("program ");
        Target target = in.oneOf(Target.values(), Target::text);
        in.expect(" batch ");
        int minBatch = in.integer(1, PlanLimits.BATCH);
        in.expect("..");
        int maxBatch = in.integer(1, PlanLimits.BATCH);
        in.expect(" arena ");
        long arena = in.integer(0, PlanLimits.BYTES_PER_IMAGE);
        in.endLine();
        List<Buffer> buffers = parseBuffers();
        List<Step> steps = parseSteps();
        LaunchProgram program = new LaunchProgram(target, minBatch, maxBatch, buffers, arena, steps, parseStatistics());
        in.expect("end");
        in.endLine();
        in.expect("# ");
        in.restOfLine();
        return program;
    }

    private List<Buffer> parseBuffers() {
        List<Buffer> buffers = new ArrayList<>();
        while (in.accept("buffer ")) {
            requireRoom(buffers);
            buffers.add(parseBuffer());
            in.endLine();
        }
        return buffers;
    }

    private Buffer parseBuffer() {
        int value = GraphParser.parseId(in);
        Node node = nodes.get(value);
        if (node == null) {
            throw new IllegalArgumentException("no value %" + value);
        }
        in.expect(" " + TypeText.printElements(node.type()) + " offset ");
        long offset = in.integer(0, PlanLimits.BYTES_PER_IMAGE);
        in.expect(" bytes ");
        return new Buffer(value, offset, in.integer(1, PlanLimits.BYTES_PER_IMAGE));
    }

    private List<Step> parseSteps() {
        List<Step> steps = new ArrayList<>();
        while (in.accept("step ")) {
            requireRoom(steps);
            steps.add(parseStep());
        }
        return steps;
    }

    private static void requireRoom(List<?> list) {
        if (list.size() == GraphPrinter.MAX_NODES) {
            throw new IllegalArgumentException("more than " + GraphPrinter.MAX_NODES + " buffers or steps");
        }
    }

    private Step parseStep() {
        String name = in.name();
        in.expect(" ");
        Step.Kernel kernel = new Step.Kernel(name, in.name());
        in.endLine();
        Region region = parseRegion();
        in.endLine();
        Geometry geometry = parseGeometry();
        in.endLine();
        in.expect("  arguments ");
        List<Argument> arguments = in.list(" ", MAX_LIST, this::parseArgument);
        in.endLine();
        return new Step(region, kernel, geometry, arguments, parseTensorMaps(), parseWorkspace());
    }

    private List<Statistic> parseStatistics() {
        List<Statistic> statistics = new ArrayList<>();
        while (in.accept("statistic ")) {
            requireRoom(statistics);
            Statistic.Kind kind = Statistic.Kind.of(in.name());
            in.expect(" ");
            String name = in.name();
            in.expect(" ");
            Step.Kernel kernel = new Step.Kernel(name, in.name());
            in.endLine();
            statistics.add(new Statistic(kind, kernel, parseGeometry()));
            in.endLine();
        }
        return statistics;
    }

    private Region parseRegion() {
        in.expect("  region ");
        List<Integer> ops = parseIds();
        in.expect(" : ");
        if (in.accept("-> ")) {
            return new Region(ops, List.of(), parseIds());
        }
        List<Integer> inputs = parseIds();
        in.expect(" -> ");
        return new Region(ops, inputs, parseIds());
    }

    private List<Integer> parseIds() {
        return in.list(",", MAX_LIST, () -> GraphParser.parseId(in));
    }

    private Geometry parseGeometry() {
        in.expect("  grid ");
        long unitsPerImage = in.integer(1, PlanLimits.BYTES_PER_IMAGE);
        in.expect("/");
        long unitsPerBlock = in.integer(1, PlanLimits.BYTES_PER_IMAGE);
        in.expect("x");
        int gridY = in.integer(1, Integer.MAX_VALUE);
        int mostX = in.accept(" most ") ? in.integer(1, Geometry.UNLIMITED - 1) : Geometry.UNLIMITED;
        in.expect(" threads ");
        int threads = in.integer(1, Integer.MAX_VALUE);
        in.expect(" shared ");
        int shared = in.integer(0, Integer.MAX_VALUE);
        in.expect(" cluster ");
        int cluster = in.integer(1, Integer.MAX_VALUE);
        in.expect(" dependent ");
        return new Geometry(unitsPerImage, unitsPerBlock, gridY, threads, shared, cluster, in.flag(), mostX);
    }

    private Argument parseArgument() {
        String kind = in.name();
        in.expect("(");
        int id = GraphParser.parseId(in);
        Argument argument = switch (kind) {
            case "value" -> new Argument.Value(id);
            case "constants" -> new Argument.Constants(id);
            case "weights" -> new Argument.Weights(id, parsePack());
            default -> throw new IllegalArgumentException("unknown argument '" + kind + "'");
        };
        in.expect(")");
        return argument;
    }

    private PackSpec parsePack() {
        if (in.accept(",rows")) {
            return new PackSpec.Rows();
        }
        if (in.accept(",lanes")) {
            return new PackSpec.Lanes();
        }
        if (in.accept(",mma:")) {
            return parseMmaTiles();
        }
        if (in.accept(",wgmma:")) {
            int tileN = in.integer(1, MAX_TILE);
            in.expect("x");
            return new PackSpec.WgmmaTiles(tileN, in.integer(1, MAX_TILE));
        }
        if (in.accept(",pixels:")) {
            int kernelW = in.integer(1, MAX_TILE);
            in.expect("/");
            return new PackSpec.PixelFragments(kernelW, in.integer(1, MAX_TILE));
        }
        if (in.accept(",f32:")) {
            int tileN = in.integer(1, PlanLimits.LANES);
            in.expect("x");
            return new PackSpec.FloatTiles(tileN, in.integer(1, MAX_TILE));
        }
        in.expect(",dp4a:");
        int tileN = in.integer(1, MAX_TILE);
        in.expect("x");
        return new PackSpec.Dp4aTiles(tileN, in.integer(1, MAX_TILE));
    }

    private PackSpec parseMmaTiles() {
        int tileN = in.integer(1, MAX_TILE);
        in.expect("x");
        int tileK = in.integer(1, MAX_TILE);
        in.expect("/");
        return new PackSpec.MmaTiles(tileN, tileK, in.integer(1, MAX_TILE));
    }

    private List<Step.TensorMap> parseTensorMaps() {
        List<Step.TensorMap> maps = new ArrayList<>();
        while (in.accept("  map ")) {
            requireRoom(maps);
            int value = GraphParser.parseId(in);
            in.expect(" box ");
            List<Integer> box = in.list(",", 4, () -> in.integer(1, Integer.MAX_VALUE));
            in.expect(" swizzle ");
            maps.add(new Step.TensorMap(value, box, in.integer(0, Integer.MAX_VALUE)));
            in.endLine();
        }
        return maps;
    }

    private Step.Workspace parseWorkspace() {
        if (!in.accept("  workspace ")) {
            return Step.Workspace.NONE;
        }
        long bytes = in.integer(0, PlanLimits.BYTES_PER_IMAGE);
        in.expect(" cleared ");
        Step.Workspace workspace = new Step.Workspace(bytes, in.flag());
        in.endLine();
        return workspace;
    }
}
