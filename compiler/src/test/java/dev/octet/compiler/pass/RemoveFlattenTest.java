package dev.octet.compiler.pass;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.compiler.Networks;
import dev.octet.dsl.Tensor;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Stage;
import org.junit.jupiter.api.Test;

class RemoveFlattenTest {
    @Test
    void letsADenseLayerReadTheImage() {
        PassAssert.on(new RemoveFlatten(), Stage.TRACED, """
                %0 image : f32[3,4,4] = input()
                %1 flat : f32[48] = flatten(%0)
                %2 fc : f32[10] = dense(%1) layer=fc weight=tensor(fc.weight,[10,48]) bias=none activation=none residual=false
                %3 y : f32[10] = output(%2)
                """).becomes(Stage.FOLDED, """
                %0 image : f32[3,4,4] = input()
                %2 fc : f32[10] = dense(%0) layer=fc weight=tensor(fc.weight,[10,48]) bias=none activation=none residual=false
                %3 y : f32[10] = output(%2)
                """);
    }

    @Test
    void givesElementwiseOperatorsTheShapeOfTheImage() {
        PassAssert.on(new RemoveFlatten(), Stage.TRACED, """
                %0 image : f32[3,4,4] = input()
                %1 a : f32[48] = flatten(%0)
                %2 b : f32[48] = activate(%1) activation=relu
                %3 c : f32[48] = add(%1,%2) activation=none
                %4 y : f32[48] = output(%3)
                """).becomes(Stage.FOLDED, """
                %0 image : f32[3,4,4] = input()
                %2 b : f32[3,4,4] = activate(%0) activation=relu
                %3 c : f32[3,4,4] = add(%0,%2) activation=none
                %4 y : f32[48] = output(%3)
                """);
    }

    @Test
    void addsAFlattenedPixelToAVector() {
        PassAssert.on(new RemoveFlatten(), Stage.TRACED, """
                %0 image : f32[3,4,4] = input()
                %1 pool : f32[3,1,1] = avgpool(%0)
                %2 flat : f32[3] = flatten(%1)
                %3 fc : f32[3] = dense(%2) layer=fc weight=tensor(fc.weight,[3,3]) bias=none activation=none residual=false
                %4 sum : f32[3] = add(%3,%2) activation=none
                %5 y : f32[3] = output(%4)
                """).becomes(Stage.FOLDED, """
                %0 image : f32[3,4,4] = input()
                %1 pool : f32[3,1,1] = avgpool(%0)
                %3 fc : f32[3] = dense(%1) layer=fc weight=tensor(fc.weight,[3,3]) bias=none activation=none residual=false
                %4 sum : f32[3] = add(%3,%1) activation=none
                %5 y : f32[3] = output(%4)
                """);
    }

    @Test
    void removesAFlattenBeforeAnOutputAndOneOfAnother() {
        PassAssert.on(new RemoveFlatten(), Stage.TRACED, """
                %0 image : f32[3,4,4] = input()
                %1 a : f32[48] = flatten(%0)
                %2 b : f32[48] = flatten(%1)
                %3 y : f32[48] = output(%2)
                """).becomes(Stage.FOLDED, """
                %0 image : f32[3,4,4] = input()
                %3 y : f32[48] = output(%0)
                """);
    }

    @Test
    void leavesAGraphWithoutFlattenAlone() {
        PassAssert.on(new RemoveFlatten(), Stage.TRACED, """
                %0 image : f32[3,4,4] = input()
                %1 a : f32[3,4,4] = activate(%0) activation=relu
                %2 b : f32[3,4,4] = add(%0,%1) activation=none
                %3 y : f32[3,4,4] = output(%2)
                """).doesNotFire();
    }

    @Test
    void refusesToAddAFlattenedImageToAVectorAtItsLine() {
        Graph graph = Networks.traced(
                net -> {
                    Tensor flat =
                            net.input("image").conv2d("conv", 2, kernel(1)).flatten("flat");
                    Tensor vector = flat.dense("fc", 8);
                    net.output("y", vector.add("sum", flat));
                },
                Shape.of(1, 2, 2),
                Shape.of(8));
        CompileException e = catchThrowableOfType(CompileException.class, () -> new RemoveFlatten().run(graph));
        assertThat(e.code()).isEqualTo(CompilerCode.FLATTEN_NOT_REMOVED);
        assertThat(e).hasMessageContaining("sum adds a flattened [2,2,2] to [8]");
        assertThat(e.line().orElseThrow().line()).isEqualTo(Networks.lineOf(graph, "sum"));
    }
}
