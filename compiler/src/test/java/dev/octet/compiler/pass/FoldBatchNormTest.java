package dev.octet.compiler.pass;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.compiler.Networks;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Stage;
import org.junit.jupiter.api.Test;

class FoldBatchNormTest {
    private static final String CONV = """
            %0 image : f32[1,4,4] = input()
            %1 conv : f32[2,4,4] = conv2d(%0) layer=conv weight=tensor(conv.weight,[2,1,3,3]) bias=none window=3x3 stride=1x1 pad=1,1,1,1 activation=none residual=false
            """;

    @Test
    void foldsIntoAConvolution() {
        PassAssert.on(new FoldBatchNorm(), Stage.TRACED, CONV + """
                %2 bn : f32[2,4,4] = batchnorm(%1) norm=norm(bn,2,0.001)
                %3 y : f32[2,4,4] = output(%2)
                """).becomes(Stage.TRACED, """
                %0 image : f32[1,4,4] = input()
                %2 bn : f32[2,4,4] = conv2d(%0) layer=conv weight=scaled(tensor(conv.weight,[2,1,3,3]),norm(bn,2,0.001)) bias=shifted(none,norm(bn,2,0.001)) window=3x3 stride=1x1 pad=1,1,1,1 activation=none residual=false
                %3 y : f32[2,4,4] = output(%2)
                """);
    }

    @Test
    void foldsTwoInARowInOrder() {
        PassAssert.on(new FoldBatchNorm(), Stage.TRACED, """
                %0 image : f32[1,4,4] = input()
                %1 fc : f32[3] = dense(%0) layer=fc weight=tensor(fc.weight,[3,16]) bias=tensor(fc.bias,[3]) activation=none residual=false
                %2 a : f32[3] = batchnorm(%1) norm=norm(a,3,0.001)
                %3 b : f32[3] = batchnorm(%2) norm=norm(b,3,0.01)
                %4 y : f32[3] = output(%3)
                """).becomes(Stage.TRACED, """
                %0 image : f32[1,4,4] = input()
                %3 b : f32[3] = dense(%0) layer=fc weight=scaled(scaled(tensor(fc.weight,[3,16]),norm(a,3,0.001)),norm(b,3,0.01)) bias=shifted(shifted(tensor(fc.bias,[3]),norm(a,3,0.001)),norm(b,3,0.01)) activation=none residual=false
                %4 y : f32[3] = output(%3)
                """);
    }

    @Test
    void leavesAGraphWithoutNormAlone() {
        PassAssert.on(new FoldBatchNorm(), Stage.TRACED, CONV + "%2 y : f32[2,4,4] = output(%1)\n")
                .doesNotFire();
    }

    @Test
    void refusesANormOfASharedConvolutionAtItsLine() {
        refused(
                Shape.of(4, 2, 2),
                net -> {
                    Tensor conv = net.input("image").conv2d("conv", 4, kernel(1));
                    net.output("y", conv.add(conv.batchNorm("bn", 1e-5f)));
                },
                "conv is used elsewhere too");
    }

    @Test
    void refusesANormOfAnInput() {
        refused(
                Shape.of(1, 2, 2),
                net -> net.output("y", net.input("image").batchNorm("bn", 1e-5f)),
                "image is not the plain result");
    }

    @Test
    void refusesANormOfAFlattenedValue() {
        refused(
                Shape.of(16),
                net -> net.output(
                        "y",
                        net.input("image")
                                .conv2d("conv", 4, kernel(1))
                                .flatten()
                                .batchNorm("bn", 1e-5f)),
                "conv.flatten is not the plain result");
    }

    private static void refused(Shape output, NetworkDefinition definition, String reason) {
        Graph graph = Networks.traced(definition, Shape.of(1, 2, 2), output);
        CompileException e = catchThrowableOfType(CompileException.class, () -> new FoldBatchNorm().run(graph));
        assertThat(e.code()).isEqualTo(CompilerCode.NORM_NOT_FOLDED);
        assertThat(e).hasMessageContaining("Batch norm bn").hasMessageContaining(reason);
        assertThat(e.line().orElseThrow().file()).isEqualTo("FoldBatchNormTest.java");
        assertThat(e.line().orElseThrow().line()).isEqualTo(Networks.lineOf(graph, "bn"));
    }
}
