package dev.octet.compiler;

import dev.octet.compiler.pass.AssignTypes;
import dev.octet.compiler.pass.ChooseLayout;
import dev.octet.compiler.pass.ExcludedLayers;
import dev.octet.compiler.pass.FoldBatchNorm;
import dev.octet.compiler.pass.FuseActivation;
import dev.octet.compiler.pass.FuseResidual;
import dev.octet.compiler.pass.ImportTrace;
import dev.octet.compiler.pass.Pass;
import dev.octet.compiler.pass.RemoveFlatten;
import dev.octet.compiler.verify.Verifier;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.text.GraphText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The passes in order. After each, the graph is dumped and verified. */
public final class Pipeline {
    private static final List<Pass> FP32 = List.of(new FoldBatchNorm(), new RemoveFlatten());

    private static final List<Pass> FUSIONS = List.of(new FuseResidual(), new FuseActivation());

    private final DumpSink dumps;

    /** A pipeline that dumps each graph to {@code dumps}. */
    public Pipeline(DumpSink dumps) {
        this.dumps = dumps;
    }

    /** The plan's float graph: traced, batch normalisations and flattens gone. */
    public Graph fp32(TracedNetwork network) {
        return run(FP32, checked("ImportTrace", ImportTrace.run(network)));
    }

    /**
     * The plan's quantised graph, from its float graph: fused, typed, laid out.
     *
     * @param fp32 the float graph
     * @param network what it was made from
     * @param inputs the input ports, which say what is an image
     * @param excluded names of layers and values that stay in FP32 besides those that the network marks
     */
    public Graph int8(Graph fp32, TracedNetwork network, List<Port> inputs, Set<String> excluded) {
        Set<String> names = new HashSet<>(network.fp32());
        names.addAll(excluded);
        Graph fused = run(FUSIONS, fp32);
        Set<String> layers = ExcludedLayers.of(ImportTrace.run(network), fused, names);
        return run(List.of(new AssignTypes(layers, inputs), new ChooseLayout()), fused);
    }

    /**
     * The float graph as GPUs run it: no operator fused, all marked as those that stay in FP32, laid out. Every value of the
     * float graph has its id and name in it, but for images, which are {@link AssignTypes#NORMALIZED} beside their bytes.
     *
     * @param fp32 the float graph
     * @param inputs the input ports, which say what is an image
     */
    public Graph floats(Graph fp32, List<Port> inputs) {
        Set<String> all = fp32.nodes().stream().map(Node::name).collect(Collectors.toSet());
        return run(List.of(new AssignTypes(all, inputs), new ChooseLayout()), fp32);
    }

    private Graph run(List<Pass> passes, Graph graph) {
        Graph result = graph;
        for (Pass pass : passes) {
            result = checked(pass.name(), pass.run(result));
        }
        return result;
    }

    private Graph checked(String pass, Graph graph) {
        dumps.accept(pass, GraphText.printWithLines(graph));
        Verifier.verify(pass, graph);
        return graph;
    }
}
