package dev.octet.compiler.pass;

import dev.octet.plan.graph.Stage;
import org.junit.jupiter.api.Test;

class FuseActivationTest {
    private static final String CONV =
            "conv2d(%0) layer=conv weight=tensor(conv.weight,[2,2,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 ";
    private static final String IMAGE = "%0 image : f32[2,4,4] = input()\n";

    @Test
    void joinsAConvolution() {
        PassAssert.on(
                        new FuseActivation(),
                        Stage.FUSED,
                        IMAGE + "%1 conv : f32[2,4,4] = " + CONV + "activation=none residual=false\n" + """
                                %2 relu : f32[2,4,4] = activate(%1) activation=relu
                                %3 y : f32[2,4,4] = output(%2)
                                """)
                .becomes(
                        Stage.FUSED,
                        IMAGE + "%2 relu : f32[2,4,4] = " + CONV + "activation=relu residual=false\n"
                                + "%3 y : f32[2,4,4] = output(%2)\n");
    }

    @Test
    void joinsADenseLayerWithAResidual() {
        PassAssert.on(new FuseActivation(), Stage.FUSED, """
                %0 image : f32[2,1,1] = input()
                %1 fc : f32[2] = dense(%0,%0) layer=fc weight=tensor(fc.weight,[2,2]) bias=none activation=none residual=true
                %2 relu : f32[2] = activate(%1) activation=relu
                %3 y : f32[2] = output(%2)
                """).becomes(Stage.FUSED, """
                %0 image : f32[2,1,1] = input()
                %2 relu : f32[2] = dense(%0,%0) layer=fc weight=tensor(fc.weight,[2,2]) bias=none activation=relu residual=true
                %3 y : f32[2] = output(%2)
                """);
    }

    @Test
    void joinsAnAdditionAndTheSameActivationTwice() {
        PassAssert.on(new FuseActivation(), Stage.FUSED, IMAGE + """
                %1 sum : f32[2,4,4] = add(%0,%0) activation=none
                %2 a : f32[2,4,4] = activate(%1) activation=relu
                %3 b : f32[2,4,4] = activate(%2) activation=relu
                %4 y : f32[2,4,4] = output(%3)
                """).becomes(Stage.FUSED, IMAGE + """
                %3 b : f32[2,4,4] = add(%0,%0) activation=relu
                %4 y : f32[2,4,4] = output(%3)
                """);
    }

    @Test
    void leavesAValueThatIsUsedBeforeItsActivationAlone() {
        PassAssert.on(
                        new FuseActivation(),
                        Stage.FUSED,
                        IMAGE + "%1 conv : f32[2,4,4] = " + CONV + "activation=none residual=false\n" + """
                                %2 relu : f32[2,4,4] = activate(%1) activation=relu
                                %3 y : f32[2,4,4] = output(%2)
                                %4 z : f32[2,4,4] = output(%1)
                                """)
                .doesNotFire();
    }

    @Test
    void leavesTheActivationOfAnInputOrAPoolingAlone() {
        PassAssert.on(new FuseActivation(), Stage.FUSED, IMAGE + """
                %1 a : f32[2,4,4] = activate(%0) activation=relu
                %2 pool : f32[2,2,2] = maxpool(%1) window=2x2 stride=2x2 pad=0,0,0,0
                %3 b : f32[2,2,2] = activate(%2) activation=relu
                %4 y : f32[2,2,2] = output(%3)
                """).doesNotFire();
    }
}
