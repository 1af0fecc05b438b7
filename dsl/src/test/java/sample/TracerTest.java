package sample;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import dev.octet.dsl.trace.Tracer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TracerTest {
    private static final List<PortShape> IMAGE = List.of(new PortShape("image", List.of(3, 9, 8)));

    @Test
    void recordsNamesAndShapesInCallOrder() {
        TracedNetwork trace = Tracer.trace(new Residual());
        assertThat(trace.nodes().stream().map(node -> node.name() + node.shape()))
                .containsExactly(
                        "image[1, 28, 28]",
                        "conv1[16, 28, 28]",
                        "bn1[16, 28, 28]",
                        "bn1.relu[16, 28, 28]",
                        "b1.conv1[16, 28, 28]",
                        "b1.sum[16, 28, 28]",
                        "b1.sum.relu[16, 28, 28]",
                        "b1.sum.relu.maxPool[16, 14, 14]",
                        "b2.inner.conv1[16, 14, 14]",
                        "b2.inner.sum[16, 14, 14]",
                        "b2.inner.sum.relu[16, 14, 14]",
                        "b2.inner.sum.relu.globalAvgPool[16, 1, 1]",
                        "fc[10]",
                        "logits[10]");
        assertThat(trace.nodes().get(5).inputs()).containsExactly(4, 3);
    }

    @Test
    void recordsTheCallingLine() {
        TracedNetwork trace = Tracer.trace(new Residual());
        assertThat(trace.nodes().get(1).line().getClassName()).isEqualTo(Residual.class.getName());
        assertThat(trace.nodes().stream().limit(4).map(node -> node.line().getLineNumber() - Residual.STEM_LINE))
                .containsExactly(0, 1, 2, 3);
        assertThat(trace.nodes().get(4).line().getMethodName()).isEqualTo("block");
    }

    @Test
    void tracesOfOneDefinitionAreEqual() {
        assertThat(Tracer.trace(new Residual())).isEqualTo(Tracer.trace(new Residual()));
    }

    @Test
    void prefersLinesOfPreferredClasses() {
        NetworkDefinition definition = net -> net.output("y", Library.pool(net.input("image")));
        List<PortShape> outputs = List.of(new PortShape("y", List.of(3, 1, 1)));
        TracedNode plain = Tracer.trace(definition, IMAGE, outputs).nodes().get(1);
        TracedNode preferring = new Tracer(IMAGE, outputs, TracerTest.class.getName()::equals)
                .run(definition)
                .nodes()
                .get(1);
        assertThat(plain.line().getClassName()).isEqualTo(Library.class.getName());
        assertThat(preferring.line().getClassName()).isEqualTo(TracerTest.class.getName());
    }

    @Test
    void findsTheLineBehindAMethodReference() {
        TracedNetwork trace = Tracer.trace(
                net -> net.output(
                        "y",
                        Stream.of(net.input("image"))
                                .map(Tensor::globalAvgPool)
                                .toList()
                                .get(0)),
                IMAGE,
                List.of(new PortShape("y", List.of(3, 1, 1))));
        assertThat(trace.nodes().get(1).line().getClassName()).isEqualTo(TracerTest.class.getName());
    }

    @Test
    void strideOfAPoolingIsItsSizeAndOfAConvolutionOne() {
        TracedNetwork trace = trace(
                net -> net.output(
                        "y",
                        net.input("image").conv2d("c", 4, kernel(3, 2).bias()).maxPool(kernel(2, 3))),
                4,
                3,
                2);
        assertThat(trace.nodes().get(1).op())
                .isEqualTo(new TracedOp.Conv2d(
                        "c", 4, List.of(3, 2), List.of(1, 1), List.of(1, 1), List.of(0, 0, 0, 0), 1, true));
        assertThat(trace.nodes().get(2).op())
                .isEqualTo(new TracedOp.MaxPool(List.of(2, 3), List.of(2, 3), List.of(0, 0, 0, 0)));
    }

    @Test
    void windowsCountPaddingOfEachSide() {
        TracedNetwork trace = trace(
                net -> net.output(
                        "y",
                        net.input("image").conv2d("c", 5, kernel(3).stride(2, 3).pad(2, 0, 1, 1))),
                5,
                5,
                3);
        assertThat(trace.nodes().get(1).shape()).containsExactly(5, 5, 3);
    }

    @Test
    void flattensInLogicalOrderAndNamesEverything() {
        TracedNetwork trace = trace(
                net -> net.output(
                        "y",
                        net.input("image")
                                .maxPool("p", kernel(9, 8))
                                .relu("r")
                                .globalAvgPool("g")
                                .flatten("f")
                                .denseWithoutBias("d", 7)),
                7);
        assertThat(trace.nodes().stream().map(TracedNode::name)).containsExactly("image", "p", "r", "g", "f", "d", "y");
        assertThat(trace.nodes().get(5).op()).isEqualTo(new TracedOp.Dense("d", 7, false));
    }

    private static TracedNetwork trace(NetworkDefinition definition, Integer... output) {
        return Tracer.trace(definition, IMAGE, List.of(new PortShape("y", List.of(output))));
    }

    private static final class Library {
        static Tensor pool(Tensor x) {
            return x.globalAvgPool();
        }
    }
}
