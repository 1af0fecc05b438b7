package dev.octet.benchmarks;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network as a build compiles it, for one target and one largest batch, which tiles are chosen for.
 *
 * @param compilation its plan, with one launch program, and its kernels
 */
record CompiledNetwork(Compilation compilation) {
    /** Stands for the definition's class in messages. */
    private static final String NAME = "dev.octet.benchmarks.Network";

    private static final ImageFormat RGB = new ImageFormat(
            ImageFormat.ChannelOrder.RGB, 1 / 255f, List.of(.485f, .456f, .406f), List.of(.229f, .224f, .225f));

    /** Compiles a subject with the schedules that are estimated to be fastest. */
    static CompiledNetwork of(Subject subject, Precision precision, Target target, int maxBatch) {
        Shape image = subject.image();
        TracedNetwork trace = Tracer.trace(
                subject.definition(),
                List.of(new PortShape("image", image.dims())),
                List.of(new PortShape("logits", List.of(subject.classes()))));
        Set<String> fp32 = trace.names().stream().filter(precision::keepsFloats).collect(Collectors.toSet());
        Optional<ImageFormat> format = image.channels() == 3 ? Optional.of(RGB) : Optional.empty();
        CompileRequest request = new CompileRequest(
                NAME,
                List.of(new Port("image", image, format)),
                List.of(new Port("logits", Shape.of(subject.classes()), Optional.empty())),
                List.of(target),
                maxBatch,
                trace,
                fp32);
        return new CompiledNetwork(OctetCompiler.compile(request, new CudaWriter(), DumpSink.NONE));
    }

    Plan plan() {
        return compilation.plan();
    }

    LaunchProgram program() {
        return plan().programs().get(0);
    }

    /** Number of steps before the first layer: those that only bring what the caller passed into the first layer's type. */
    int inputSteps() {
        List<Step> steps = program().steps();
        int count = 0;
        while (count < steps.size() && steps.get(count).region().ops().stream().allMatch(this::quantizesAnInput)) {
            count++;
        }
        return count;
    }

    /** Place of the first step that computes a layer, from 0. */
    int firstLayer() {
        List<Step> steps = program().steps();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).region().ops().stream()
                    .anyMatch(id -> plan().int8().node(id).layer().isPresent())) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no layer");
    }

    private boolean quantizesAnInput(int id) {
        Graph graph = plan().int8();
        Node node = graph.node(id);
        return node.op() instanceof Op.Quantize && graph.node(node.input()).op() instanceof Op.Input;
    }
}
