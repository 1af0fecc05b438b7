package dev.octet.compiler.pass;

import dev.octet.plan.graph.Stage;
import org.junit.jupiter.api.Test;

class FuseResidualTest {
    private static final String IMAGE = "%0 image : f32[2,4,4] = input()\n";

    /** A 1 x 1 convolution of 2 channels to 2. */
    private static String conv(int id, String name, int operand, String epilogue) {
        return "%" + id + " " + name + " : f32[2,4,4] = conv2d(%" + operand + ") layer=" + name + " weight=tensor("
                + name + ".weight,[2,2,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 " + epilogue + "\n";
    }

    private static String plain(int id, String name, int operand) {
        return conv(id, name, operand, "activation=none residual=false");
    }

    @Test
    void addsTheOtherOperandInTheConvolution() {
        PassAssert.on(new FuseResidual(), Stage.FOLDED, IMAGE + plain(1, "conv", 0) + """
                                %2 sum : f32[2,4,4] = add(%0,%1) activation=none
                                %3 y : f32[2,4,4] = output(%2)
                                """)
                .becomes(Stage.FUSED, IMAGE + """
                                %2 sum : f32[2,4,4] = conv2d(%0,%0) layer=conv weight=tensor(conv.weight,[2,2,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=none residual=true
                                %3 y : f32[2,4,4] = output(%2)
                                """);
    }

    @Test
    void takesTheLaterOfTwoConvolutionsWhateverTheOrderOfOperands() {
        for (String operands : new String[] {"%1,%2", "%2,%1"}) {
            PassAssert.on(
                            new FuseResidual(),
                            Stage.FOLDED,
                            IMAGE + plain(1, "a", 0) + plain(2, "b", 0) + "%3 sum : f32[2,4,4] = add(" + operands
                                    + ") activation=none\n%4 y : f32[2,4,4] = output(%3)\n")
                    .becomes(Stage.FUSED, IMAGE + plain(1, "a", 0) + """
                                    %3 sum : f32[2,4,4] = conv2d(%0,%1) layer=b weight=tensor(b.weight,[2,2,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=none residual=true
                                    %4 y : f32[2,4,4] = output(%3)
                                    """);
        }
    }

    @Test
    void addsInADenseLayer() {
        PassAssert.on(new FuseResidual(), Stage.FOLDED, """
                %0 image : f32[2,1,1] = input()
                %1 fc : f32[2] = dense(%0) layer=fc weight=tensor(fc.weight,[2,2]) bias=none activation=none residual=false
                %2 sum : f32[2,1,1] = add(%0,%1) activation=none
                %3 y : f32[2,1,1] = output(%2)
                """).becomes(Stage.FUSED, """
                %0 image : f32[2,1,1] = input()
                %2 sum : f32[2] = dense(%0,%0) layer=fc weight=tensor(fc.weight,[2,2]) bias=none activation=none residual=true
                %3 y : f32[2,1,1] = output(%2)
                """);
    }

    @Test
    void fusesASecondAdditionIntoAnotherLayerOnly() {
        PassAssert.on(new FuseResidual(), Stage.FOLDED, IMAGE + plain(1, "conv", 0) + """
                                %2 one : f32[2,4,4] = add(%1,%0) activation=none
                                %3 two : f32[2,4,4] = add(%2,%0) activation=none
                                %4 y : f32[2,4,4] = output(%3)
                                """)
                .becomes(Stage.FUSED, IMAGE + """
                                %2 one : f32[2,4,4] = conv2d(%0,%0) layer=conv weight=tensor(conv.weight,[2,2,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=none residual=true
                                %3 two : f32[2,4,4] = add(%2,%0) activation=none
                                %4 y : f32[2,4,4] = output(%3)
                                """);
    }

    @Test
    void leavesAConvolutionThatIsUsedElsewhereAlone() {
        PassAssert.on(new FuseResidual(), Stage.FOLDED, IMAGE + plain(1, "conv", 0) + """
                                %2 relu : f32[2,4,4] = activate(%1) activation=relu
                                %3 sum : f32[2,4,4] = add(%1,%2) activation=none
                                %4 y : f32[2,4,4] = output(%3)
                                """)
                .doesNotFire();
    }

    @Test
    void leavesAConvolutionThatIsAnOutputAlone() {
        PassAssert.on(new FuseResidual(), Stage.FOLDED, IMAGE + plain(1, "conv", 0) + """
                                %2 sum : f32[2,4,4] = add(%1,%0) activation=none
                                %3 y : f32[2,4,4] = output(%2)
                                %4 z : f32[2,4,4] = output(%1)
                                """)
                .doesNotFire();
    }

    @Test
    void leavesAValueAddedToItselfAlone() {
        PassAssert.on(new FuseResidual(), Stage.FOLDED, IMAGE + plain(1, "conv", 0) + """
                                %2 sum : f32[2,4,4] = add(%1,%1) activation=none
                                %3 y : f32[2,4,4] = output(%2)
                                """)
                .doesNotFire();
    }

    @Test
    void leavesAnActivatedConvolutionAlone() {
        PassAssert.on(
                        new FuseResidual(),
                        Stage.FUSED,
                        IMAGE + conv(1, "conv", 0, "activation=relu residual=false") + """
                                %2 sum : f32[2,4,4] = add(%1,%0) activation=none
                                %3 y : f32[2,4,4] = output(%2)
                                """)
                .doesNotFire();
    }
}
