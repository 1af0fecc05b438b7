package dev.octet.compiler.pass;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.compiler.Networks;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.text.GraphText;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportTraceTest {
    private static final StackTraceElement LINE = new StackTraceElement("test.Net", "define", "Net.java", 7);
    private static final TracedNode IMAGE =
            new TracedNode(0, "image", new TracedOp.Input("image"), List.of(), List.of(1, 6, 6), LINE);

    @Test
    void namesTensorsAfterLayers() {
        Graph graph = Networks.traced(
                net -> {
                    var x = net.input("image")
                            .conv2d(
                                    "a.conv",
                                    4,
                                    kernel(3, 2).stride(2, 1).pad(1, 0, 0, 1).bias())
                            .batchNorm("a.bn", 0.5f)
                            .relu()
                            .maxPool(kernel(2));
                    x = x.add(x).flatten().denseWithoutBias("fc", 5);
                    net.output("y", x);
                },
                Shape.of(1, 6, 6),
                Shape.of(5));
        assertThat(GraphText.print(graph)).isEqualTo("""
                graph traced
                %0 image : f32[1,6,6] = input()
                %1 a.conv : f32[4,3,6] = conv2d(%0) layer=a.conv weight=tensor(a.conv.weight,[4,1,3,2]) bias=tensor(a.conv.bias,[4]) window=3x2 stride=2x1 pad=1,0,0,1 activation=none residual=false
                %2 a.bn : f32[4,3,6] = batchnorm(%1) norm=norm(a.bn,4,0.5)
                %3 a.bn.relu : f32[4,3,6] = activate(%2) activation=relu
                %4 a.bn.relu.maxPool : f32[4,1,3] = maxpool(%3) window=2x2 stride=2x2 pad=0,0,0,0
                %5 a.bn.relu.maxPool.add : f32[4,1,3] = add(%4,%4) activation=none
                %6 a.bn.relu.maxPool.add.flatten : f32[12] = flatten(%5)
                %7 fc : f32[5] = dense(%6) layer=fc weight=tensor(fc.weight,[5,12]) bias=none activation=none residual=false
                %8 y : f32[5] = output(%7)
                end
                """);
        assertThat(graph.nodes())
                .allSatisfy(node -> assertThat(node.line().orElseThrow().file()).isEqualTo("ImportTraceTest.java"));
    }

    @Test
    void refusesNamesThatTheCompilerNeeds() {
        TracedNode relu = new TracedNode(
                1,
                "image.quantized",
                new TracedOp.Activation(TracedOp.Activation.Function.RELU, 0),
                List.of(0),
                List.of(1, 6, 6),
                LINE);
        assertThat(refusal(IMAGE, relu).code()).isEqualTo(CompilerCode.RESERVED_NAME);
    }

    @Test
    void refusesALayerThatIsMadeTwice() {
        TracedOp dense = new TracedOp.Dense("fc", 3, true);
        TracedNode first = new TracedNode(1, "fc", dense, List.of(0), List.of(3), LINE);
        TracedNode second = new TracedNode(2, "other", dense, List.of(0), List.of(3), LINE);
        assertThat(refusal(IMAGE, first, second).code()).isEqualTo(CompilerCode.DUPLICATE_LAYER);
    }

    @Test
    void refusesTwoValuesOfOneName() {
        TracedNode twin = new TracedNode(
                1,
                "image",
                new TracedOp.Activation(TracedOp.Activation.Function.RELU, 0),
                List.of(0),
                List.of(1, 6, 6),
                LINE);
        assertThat(refusal(IMAGE, twin)).hasMessageContaining("image cannot be compiled: another value has this name");
    }

    @Test
    void refusesShapesWindowsAndOperandsOutOfRange() {
        TracedNode huge = new TracedNode(
                0, "image", new TracedOp.Input("image"), List.of(), List.of(1 << 20, 1 << 20, 1 << 20), LINE);
        TracedNode window = new TracedNode(
                1,
                "pool",
                new TracedOp.MaxPool(List.of(2, 2), List.of(0, 1), List.of(0, 0, 0, 0)),
                List.of(0),
                List.of(1, 3, 3),
                LINE);
        TracedNode future = new TracedNode(
                1,
                "relu",
                new TracedOp.Activation(TracedOp.Activation.Function.RELU, 0),
                List.of(9),
                List.of(1, 6, 6),
                LINE);
        assertThat(refusal(huge).code()).isEqualTo(CompilerCode.BAD_CALL);
        assertThat(refusal(IMAGE, window).code()).isEqualTo(CompilerCode.BAD_CALL);
        assertThat(refusal(IMAGE, future)).hasMessageContaining("it uses value 9 before it is made");
    }

    private static CompileException refusal(TracedNode... nodes) {
        CompileException e =
                catchThrowableOfType(CompileException.class, () -> ImportTrace.run(new TracedNetwork(List.of(nodes))));
        assertThat(e.line().orElseThrow()).hasToString("Net.java:7");
        return e;
    }
}
