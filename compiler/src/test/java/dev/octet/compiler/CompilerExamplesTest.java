package dev.octet.compiler;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.compiler.launch.ProgramVerifier;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.verify.Verifier;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Step;
import dev.octet.testkit.DiagnosticExamples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A small mistake for each code of the compiler: in a definition, in a request, or, from 900 on, in a pass. */
class CompilerExamplesTest {
    private static final Shape IMAGE = Shape.of(1, 4, 4);
    private static final Port Y = Networks.output("y", 1, 4, 4);
    private static final NetworkDefinition RELU =
            net -> net.output("y", net.input("image").relu());

    private final DiagnosticExamples examples = new DiagnosticExamples();

    @TestFactory
    Stream<DynamicTest> everyCodeHasAnExample() {
        requests();
        calls();
        sizes();
        defects();
        return examples.tests(Stream.of(CompilerCode.values()).map(CompilerCode::id));
    }

    private void requests() {
        CompileRequest right = Networks.request(RELU, 4, IMAGE, Y);
        List<Port> inputs = right.inputs();
        wrong(CompilerCode.INPUT_PORT, request("test.Net", List.of(), List.of(Y), 4));
        wrong(CompilerCode.OUTPUT_PORT, request("test.Net", inputs, List.of(Networks.output("z", 1, 4, 4)), 4));
        wrong(CompilerCode.PORT_SHAPE, request("test.Net", inputs, List.of(Networks.output("y", 16)), 4));
        wrong(CompilerCode.MAX_BATCH, request("test.Net", inputs, List.of(Y), 0));
        wrong(CompilerCode.TOO_MANY_PORTS, request("test.Net", inputs, Collections.nCopies(65, Y), 4));
        Port floats = new Port("image", Shape.of(1, 4, 4), Optional.empty());
        wrong(
                CompilerCode.NO_FLOAT_PROGRAM,
                request("test.Net", List.of(floats), List.of(Y), 4).floats(true));
        wrong(CompilerCode.CLASS_NAME, request("test.Pri\u20acce", inputs, List.of(Y), 4));
    }

    private static CompileRequest request(String network, List<Port> inputs, List<Port> outputs, int maxBatch) {
        TracedNetwork trace = Networks.request(RELU, 4, IMAGE, Y).trace();
        return new CompileRequest(network, inputs, outputs, List.of(Target.SM_61), maxBatch, trace);
    }

    private void calls() {
        TracedOp dense = new TracedOp.Dense("fc", 3, true);
        wrong(
                CompilerCode.BAD_CALL,
                trace(node(1, "late", new TracedOp.Activation(TracedOp.Activation.Function.RELU, 0), 9, 1, 4, 4)));
        wrong(CompilerCode.DUPLICATE_LAYER, trace(node(1, "fc", dense, 0, 3), node(2, "other", dense, 0, 3)));
        wrong(
                CompilerCode.RESERVED_NAME,
                Shape.of(1, 4, 4),
                net -> net.output("y", net.input("image").relu("image.quantized")));
        wrong(
                CompilerCode.SOFTMAX_NOT_LAST,
                Shape.of(1, 4, 4),
                net -> net.output("y", net.input("image").softmax().relu()));
        wrong(
                CompilerCode.EXTENSION_IN_FP32,
                Shape.of(1, 4, 4),
                net -> net.output(
                        "y", net.input("image").apply("same", new Identity()).keepFp32()));
        wrong(CompilerCode.FLATTEN_NOT_REMOVED, Shape.of(16), net -> {
            Tensor x = net.input("image").flatten();
            net.output("y", x.add(x.dense("fc", 16)));
        });
    }

    private static CompileRequest trace(TracedNode... calls) {
        List<TracedNode> nodes = new ArrayList<>();
        nodes.add(node(0, "image", new TracedOp.Input("image"), -1, 1, 4, 4));
        nodes.addAll(List.of(calls));
        CompileRequest right = Networks.request(RELU, 4, IMAGE, Y);
        return new CompileRequest(
                "test.Net", right.inputs(), right.outputs(), right.targets(), 4, new TracedNetwork(nodes));
    }

    private static TracedNode node(int id, String name, TracedOp op, int operand, Integer... shape) {
        List<Integer> operands = operand < 0 ? List.of() : List.of(operand);
        StackTraceElement line = new StackTraceElement("test.Net", "define", "Net.java", 7 + id);
        return new TracedNode(id, name, op, operands, List.of(shape), line);
    }

    private void sizes() {
        wrong(CompilerCode.VALUE_TOO_LARGE, Networks.request(RELU, 64, Shape.of(1, 2048, 2048), Y_LARGE));
        wrong(
                CompilerCode.LAYER_TOO_LARGE,
                Shape.of(1, 1, 1),
                net -> net.output(
                        "y", net.input("image").conv2d("huge", 1, kernel(1024).pad(511, 511, 509, 509))));
        wrong(
                CompilerCode.FLOATS_TOO_LARGE,
                Networks.request(
                        net -> net.output(
                                "y",
                                net.input("image")
                                        .conv2d("huge", 1, kernel(600).pad(300))
                                        .keepFp32()
                                        .globalAvgPool()),
                        1,
                        Shape.of(1, 1, 1),
                        Networks.output("y", 1, 1, 1)));
        wrong(
                CompilerCode.WINDOW_TOO_LARGE,
                Shape.of(1, 1, 1),
                net -> net.output("y", net.input("image").maxPool(kernel(4).stride(1 << 30))));
        wrong(
                CompilerCode.MEAN_TOO_LARGE,
                Networks.request(
                        net -> net.output("y", net.input("image").globalAvgPool()),
                        1,
                        Shape.of(1, 4096, 4096),
                        Networks.output("y", 1, 1, 1)));
        wrong(CompilerCode.NETWORK_TOO_LARGE, Shape.of(1), net -> {
            Tensor x = net.input("image").globalAvgPool();
            for (int i = 0; i < 3; i++) {
                x = x.dense("wide" + i, 1 << 15);
            }
            net.output("y", x.dense("fc", 1));
        });
    }

    private static final Port Y_LARGE = Networks.output("y", 1, 2048, 2048);

    /** What passes are trusted with, done wrong. */
    private void defects() {
        Graph traced = Networks.traced(RELU, IMAGE, Shape.of(1, 4, 4));
        examples.thrown(CompilerCode.INVALID_GRAPH.id(), () -> {
            List<Node> nodes = new ArrayList<>(traced.nodes());
            Node relu = nodes.get(1);
            TensorType wrong = TensorType.f32(Shape.of(1, 4, 5));
            nodes.set(1, new Node(relu.id(), relu.name(), relu.op(), relu.inputs(), wrong, relu.line()));
            Verifier.verify("ImportTrace", new Graph(traced.stage(), nodes));
        });
        examples.thrown(CompilerCode.INVALID_PLAN.id(), () -> {
            Plan plan = OctetCompiler.compile(Networks.request(RELU, 4, IMAGE, Y), ScheduledKernel::name, DumpSink.NONE)
                    .plan();
            LaunchProgram program = plan.programs().get(0);
            List<Step> tooFew = program.steps().subList(1, program.steps().size());
            ProgramVerifier.verify(
                    plan.int8(),
                    new LaunchProgram(program.target(), 1, 4, program.buffers(), program.arenaBytesPerImage(), tooFew));
        });
        examples.thrown(
                CompilerCode.NO_KERNEL.id(),
                () -> new LowerRegions(traced).spec(new Region(List.of(1, 2), List.of(0), List.of(2))));
    }

    private void wrong(CompilerCode code, Shape output, NetworkDefinition definition) {
        Port port = new Port("y", output, Optional.empty());
        wrong(code, Networks.request(definition, 4, IMAGE, port));
    }

    private void wrong(CompilerCode code, CompileRequest request) {
        examples.thrown(code.id(), () -> OctetCompiler.compile(request, ScheduledKernel::name, DumpSink.NONE));
    }
}
