package dev.octet.compiler;

import dev.octet.compiler.pass.AssignTypes;
import dev.octet.compiler.pass.ChooseLayout;
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
import dev.octet.plan.text.GraphText;
import java.util.List;

/** The passes in order. After each, the graph is dumped and verified. */
public final class Pipeline {
    private static final List<Pass> FP32 = List.of(new FoldBatchNorm(), new RemoveFlatten());

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
     * @param inputs the input ports, which say what is an image
     */
    public Graph int8(Graph fp32, List<Port> inputs) {
        return run(
                List.of(new FuseResidual(), new FuseActivation(), new AssignTypes(inputs), new ChooseLayout()), fp32);
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
