package dev.octet.compiler.pass;

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
    void makesALayerOfANormOfASharedConvolution() {
        PassAssert.on(new FoldBatchNorm(), Stage.TRACED, CONV + """
                %2 bn : f32[2,4,4] = batchnorm(%1) norm=norm(bn,2,0.001)
                %3 sum : f32[2,4,4] = add(%1,%2) activation=none
                %4 y : f32[2,4,4] = output(%3)
                """).becomes(Stage.TRACED, CONV + """
                %2 bn : f32[2,4,4] = conv2d(%1) layer=bn weight=scaled(ones([2,1,1,1]),norm(bn,2,0.001)) bias=shifted(none,norm(bn,2,0.001)) window=1x1 stride=1x1 pad=0,0,0,0 groups=2 activation=none residual=false
                %3 sum : f32[2,4,4] = add(%1,%2) activation=none
                %4 y : f32[2,4,4] = output(%3)
                """);
    }

    @Test
    void makesALayerOfANormAfterAnActivationAndFoldsTheNextIntoIt() {
        PassAssert.on(new FoldBatchNorm(), Stage.TRACED, """
                %0 image : f32[3] = input()
                %1 relu : f32[3] = activate(%0) activation=relu
                %2 a : f32[3] = batchnorm(%1) norm=norm(a,3,0.001)
                %3 b : f32[3] = batchnorm(%2) norm=norm(b,3,0.01)
                %4 y : f32[3] = output(%3)
                """).becomes(Stage.TRACED, """
                %0 image : f32[3] = input()
                %1 relu : f32[3] = activate(%0) activation=relu
                %3 b : f32[3] = conv2d(%1) layer=a weight=scaled(scaled(ones([3,1,1,1]),norm(a,3,0.001)),norm(b,3,0.01)) bias=shifted(shifted(none,norm(a,3,0.001)),norm(b,3,0.01)) window=1x1 stride=1x1 pad=0,0,0,0 groups=3 activation=none residual=false
                %4 y : f32[3] = output(%3)
                """);
    }
}
