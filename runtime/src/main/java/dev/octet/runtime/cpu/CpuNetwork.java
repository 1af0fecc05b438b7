package dev.octet.runtime.cpu;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.runtime.device.TimedRun;
import dev.octet.runtime.diag.RuntimeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A graph loaded for the CPU: its operators in order, with weights and constants bound to them. */
final class CpuNetwork implements DeviceNetwork {
    private final Graph graph;
    private final Set<String> images;
    private final List<Node> inputs;
    private final List<Node> outputs;
    private final List<Bound> ops;
    private final Workers workers;
    private final String precision;
    /** Makes the same network with other constants; null for a graph that has none. */
    private final Function<Map<Integer, Constants>, CpuNetwork> rebind;

    /** An operator and the node that it computes. */
    private record Bound(int node, CpuOp op) {}

    private CpuNetwork(
            Plan plan,
            Graph graph,
            Function<Node, Optional<CpuOp>> factory,
            Workers workers,
            String precision,
            Function<Map<Integer, Constants>, CpuNetwork> rebind) {
        this.rebind = rebind;
        this.graph = graph;
        this.images = plan.inputs().stream()
                .filter(port -> port.image().isPresent())
                .map(Port::name)
                .collect(Collectors.toSet());
        this.inputs = named(graph, Op.Input.class, plan.inputs());
        this.outputs = named(graph, Op.Output.class, plan.outputs());
        this.ops = graph.nodes().stream()
                .flatMap(node -> factory.apply(node).stream().map(op -> new Bound(node.id(), op)))
                .toList();
        this.workers = workers;
        this.precision = precision;
    }

    /** The quantised graph. */
    static CpuNetwork quantized(NetworkImage image, Workers workers) {
        Plan plan = image.plan();
        Map<String, LayerWeights> layers = new TreeMap<>();
        image.layers().forEach((name, layer) -> layers.put(name, LayerWeights.of(layer)));
        MixedOps mixed = new MixedOps(plan, ports(plan), image.floats()::get);
        return quantized(plan, image.constants(), layers::get, mixed, workers);
    }

    private static CpuNetwork quantized(
            Plan plan,
            Map<Integer, Constants> constants,
            Function<String, LayerWeights> layers,
            MixedOps mixed,
            Workers workers) {
        return new CpuNetwork(
                plan,
                plan.int8(),
                node -> {
                    Constants own = constants.get(node.id());
                    return node.fp32()
                            ? mixed.of(node, (Constants.FloatBorder) own)
                            : OpFactory.of(plan.int8(), node, own, layers);
                },
                workers,
                "int8",
                others -> quantized(plan, others, layers, mixed, workers));
    }

    /** The same network with other constants, which share its weights. */
    CpuNetwork with(Map<Integer, Constants> constants) {
        return rebind.apply(constants);
    }

    @Override
    public boolean hasSessionConstants() {
        return rebind != null;
    }

    /** The float graph. */
    static CpuNetwork floats(Plan plan, Map<String, FoldedLayer> layers, Workers workers) {
        FloatOps floats = new FloatOps(
                plan.fp32(),
                plan.inputs(),
                ports(plan),
                name -> layers.get(name).rounded());
        return new CpuNetwork(plan, plan.fp32(), floats::of, workers, "fp32", null);
    }

    private static Map<String, Port> ports(Plan plan) {
        return new TreeMap<>(plan.inputs().stream().collect(Collectors.toMap(Port::name, port -> port)));
    }

    /** The nodes of ports, in the ports' order. */
    private static List<Node> named(Graph graph, Class<? extends Op> kind, List<Port> ports) {
        List<Node> nodes = new ArrayList<>();
        for (Port port : ports) {
            nodes.addAll(graph.nodes(kind).stream()
                    .filter(node -> node.name().equals(port.name()))
                    .toList());
        }
        return List.copyOf(nodes);
    }

    List<Node> inputs() {
        return inputs;
    }

    List<Node> outputs() {
        return outputs;
    }

    /** Runs all operators. */
    void run(Frame frame) {
        for (Bound bound : ops) {
            workers.run(bound.op, frame);
        }
    }

    /** Runs all operators and says how long each took, all its threads together. */
    TimedRun runTimed(Frame frame) {
        List<TimedRun.Step> steps = new ArrayList<>();
        for (Bound bound : ops) {
            long start = System.nanoTime();
            workers.run(bound.op, frame);
            double micros = (System.nanoTime() - start) / 1e3;
            steps.add(new TimedRun.Step(List.of(bound.node), Optional.empty(), micros));
        }
        return new TimedRun(Optional.empty(), steps);
    }

    @Override
    public CpuSession newSession(SessionRequest request) {
        Storage storage = new Storage(graph, images, request.keepValues());
        long bytes = storage.bytes(request.batch());
        if (storage.largest(request.batch()) > Integer.MAX_VALUE - 8) {
            throw new OctetException(RuntimeCode.BATCH_TOO_LARGE, request.batch(), bytes);
        }
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw outOfMemory(null, bytes, request);
        }
        try {
            return new CpuSession(this, storage.allocate(request.batch()), request, bytes);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(e, bytes, request);
        }
    }

    /**
     * A session without room. What ran out are its large arrays, garbage again by now, so that the process can go on.
     *
     * @param error what Java said; null if it was foreseen
     */
    static OctetException outOfMemory(OutOfMemoryError error, long bytes, SessionRequest request) {
        long heap = Runtime.getRuntime().maxMemory();
        return new OctetException(error, RuntimeCode.OUT_OF_MEMORY, bytes, request.batch(), heap);
    }

    @Override
    public long deviceBytes() {
        return ops.stream().mapToLong(bound -> bound.op.bytes()).sum();
    }

    @Override
    public String description() {
        return precision + " in Java on " + workers.threads() + (workers.threads() == 1 ? " thread" : " threads");
    }

    @Override
    public void close() {
        // Weights are garbage once nobody refers to this network; the device owns the threads.
    }
}
