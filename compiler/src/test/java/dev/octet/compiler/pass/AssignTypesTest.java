package dev.octet.compiler.pass;

import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AssignTypesTest {
    private static final String ATTRIBUTES =
            " layer=conv weight=tensor(conv.weight,[2,2,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=none residual=false\n";

    @Test
    void keepsSignsUntilAnActivationDropsThem() {
        PassAssert.on(
                        new AssignTypes(),
                        Stage.FUSED,
                        "%0 image : f32[2,4,4] = input()\n%1 conv : f32[2,4,4] = conv2d(%0)" + ATTRIBUTES + """
                        %2 signed : f32[2,2,2] = maxpool(%1) window=2x2 stride=2x2 pad=0,0,0,0
                        %3 relu : f32[2,2,2] = activate(%2) activation=relu
                        %4 unsigned : f32[2,1,1] = maxpool(%3) window=2x2 stride=2x2 pad=0,0,0,0
                        %5 mean : f32[2,1,1] = avgpool(%3)
                        %6 positive : f32[2,1,1] = add(%4,%5) activation=none
                        %7 back : f32[2,1,1] = avgpool(%2)
                        %8 mixed : f32[2,1,1] = add(%6,%7) activation=none
                        %9 y : f32[2,1,1] = output(%8)
                        """)
                .becomes(Stage.QUANTIZED, """
                        %0 image : u8[2,4,4] = input()
                        %10 image.quantized : s8[2,4,4] scale image = quantize(%0)
                        """ + "%1 conv : s8[2,4,4] scale conv = conv2d(%10)" + ATTRIBUTES + """
                        %2 signed : s8[2,2,2] scale conv = maxpool(%1) window=2x2 stride=2x2 pad=0,0,0,0
                        %3 relu : u8[2,2,2] scale relu = activate(%2) activation=relu
                        %4 unsigned : u8[2,1,1] scale relu = maxpool(%3) window=2x2 stride=2x2 pad=0,0,0,0
                        %5 mean : u8[2,1,1] scale mean = avgpool(%3)
                        %6 positive : u8[2,1,1] scale positive = add(%4,%5) activation=none
                        %7 back : s8[2,1,1] scale back = avgpool(%2)
                        %8 mixed : s8[2,1,1] scale mixed = add(%6,%7) activation=none
                        %11 mixed.dequantized : f32[2,1,1] = dequantize(%8)
                        %9 y : f32[2,1,1] = output(%11)
                        """);
    }

    @Test
    void anInputThatIsNoImageStaysFloatUntilItIsQuantised() {
        List<Port> ports = List.of(new Port("meta", Shape.of(2), Optional.empty()));
        PassAssert.on(new AssignTypes(Set.of(), ports), Stage.FUSED, """
                %0 image : f32[2] = input()
                %1 meta : f32[2] = input()
                %2 sum : f32[2] = add(%0,%1) activation=none
                %3 y : f32[2] = output(%2)
                %4 z : f32[2] = output(%1)
                """).becomes(Stage.QUANTIZED, """
                %0 image : u8[2] = input()
                %5 image.quantized : s8[2] scale image = quantize(%0)
                %1 meta : f32[2] = input()
                %6 meta.quantized : s8[2] scale meta = quantize(%1)
                %2 sum : s8[2] scale sum = add(%5,%6) activation=none
                %7 sum.dequantized : f32[2] = dequantize(%2)
                %3 y : f32[2] = output(%7)
                %8 meta.quantized.dequantized : f32[2] = dequantize(%6)
                %4 z : f32[2] = output(%8)
                """);
    }

    @Test
    void aLayerOfOnePixelWritesTheFloatsOfAllItsOutputs() {
        PassAssert.on(new AssignTypes(), Stage.FUSED, """
                %0 image : f32[2,4,4] = input()
                %1 fc : f32[3] = dense(%0) layer=fc weight=tensor(fc.weight,[3,32]) bias=none activation=relu residual=false
                %2 y : f32[3] = output(%1)
                %3 z : f32[3] = output(%1)
                """).becomes(Stage.QUANTIZED, """
                %0 image : u8[2,4,4] = input()
                %4 image.quantized : s8[2,4,4] scale image = quantize(%0)
                %1 fc : f32[3] = dense(%4) layer=fc weight=tensor(fc.weight,[3,32]) bias=none activation=relu residual=false
                %2 y : f32[3] = output(%1)
                %3 z : f32[3] = output(%1)
                """);
    }

    @Test
    void aValueOfTwoOutputsThatIsUsedInsideTooIsDequantizedOnce() {
        PassAssert.on(new AssignTypes(), Stage.FUSED, """
                %0 image : f32[2,1,1] = input()
                %1 a : f32[2] = dense(%0) layer=a weight=tensor(a.weight,[2,2]) bias=none activation=none residual=false
                %2 y : f32[2] = output(%1)
                %3 b : f32[3] = dense(%1) layer=b weight=tensor(b.weight,[3,2]) bias=none activation=none residual=false
                %4 z : f32[2] = output(%1)
                %5 last : f32[3] = output(%3)
                """).becomes(Stage.QUANTIZED, """
                %0 image : u8[2,1,1] = input()
                %6 image.quantized : s8[2,1,1] scale image = quantize(%0)
                %1 a : s8[2] scale a = dense(%6) layer=a weight=tensor(a.weight,[2,2]) bias=none activation=none residual=false
                %7 a.dequantized : f32[2] = dequantize(%1)
                %2 y : f32[2] = output(%7)
                %3 b : f32[3] = dense(%1) layer=b weight=tensor(b.weight,[3,2]) bias=none activation=none residual=false
                %4 z : f32[2] = output(%7)
                %5 last : f32[3] = output(%3)
                """);
    }

    @Test
    void aLayerWithAResidualOrManyPixelsIsDequantized() {
        PassAssert.on(
                        new AssignTypes(),
                        Stage.FUSED,
                        "%0 image : f32[2,4,4] = input()\n%1 conv : f32[2,4,4] = conv2d(%0)" + ATTRIBUTES + """
                        %2 mean : f32[2,1,1] = avgpool(%0)
                        %3 fc : f32[2] = dense(%2,%2) layer=fc weight=tensor(fc.weight,[2,2]) bias=none activation=none residual=true
                        %4 y : f32[32] = output(%1)
                        %5 z : f32[2] = output(%3)
                        """)
                .becomes(Stage.QUANTIZED, """
                        %0 image : u8[2,4,4] = input()
                        %6 image.quantized : s8[2,4,4] scale image = quantize(%0)
                        """ + "%1 conv : s8[2,4,4] scale conv = conv2d(%6)" + ATTRIBUTES + """
                        %2 mean : s8[2,1,1] scale mean = avgpool(%6)
                        %3 fc : s8[2] scale fc = dense(%2,%2) layer=fc weight=tensor(fc.weight,[2,2]) bias=none activation=none residual=true
                        %7 conv.dequantized : f32[2,4,4] = dequantize(%1)
                        %4 y : f32[32] = output(%7)
                        %8 fc.dequantized : f32[2] = dequantize(%3)
                        %5 z : f32[2] = output(%8)
                        """);
    }

    @Test
    void joinedValuesAreMadeInTheScaleOfTheConcatenation() {
        PassAssert.on(new AssignTypes(), Stage.FUSED, """
                %0 image : f32[2,4,4] = input()
                %1 a : f32[2,4,4] = activate(%0) activation=relu
                %2 b : f32[2,4,4] = activate(%0) activation=sigmoid
                %3 pool : f32[2,4,4] = maxpool(%2) window=3x3 stride=1x1 pad=1,1,1,1
                %4 joined : f32[6,4,4] = concat(%1,%3,%1)
                %5 y : f32[96] = output(%4)
                """).becomes(Stage.QUANTIZED, """
                %0 image : u8[2,4,4] = input()
                %6 image.quantized : s8[2,4,4] scale image = quantize(%0)
                %1 a : u8[2,4,4] scale a = activate(%6) activation=relu
                %2 b : u8[2,4,4] scale joined = activate(%6) activation=sigmoid
                %3 pool : u8[2,4,4] scale joined = maxpool(%2) window=3x3 stride=1x1 pad=1,1,1,1
                %7 joined.0.requantized : u8[2,4,4] scale joined = requantize(%1)
                %8 joined.2.requantized : u8[2,4,4] scale joined = requantize(%1)
                %4 joined : u8[6,4,4] scale joined = concat(%7,%3,%8)
                %9 joined.dequantized : f32[6,4,4] = dequantize(%4)
                %5 y : f32[96] = output(%9)
                """);
    }

    @Test
    void aConcatenationIsSignedIfAnyOperandIs() {
        PassAssert.on(new AssignTypes(), Stage.FUSED, """
                %0 image : f32[2,4,4] = input()
                %1 a : f32[2,4,4] = activate(%0) activation=relu
                %2 joined : f32[4,4,4] = concat(%0,%1)
                %3 mean : f32[4,1,1] = avgpool(%2)
                %4 gated : f32[4,4,4] = gate(%2,%3)
                %5 y : f32[4,4,4] = output(%4)
                """).becomes(Stage.QUANTIZED, """
                %0 image : u8[2,4,4] = input()
                %6 image.quantized : s8[2,4,4] scale image = quantize(%0)
                %1 a : s8[2,4,4] scale joined = activate(%6) activation=relu
                %7 joined.0.requantized : s8[2,4,4] scale joined = requantize(%6)
                %2 joined : s8[4,4,4] scale joined = concat(%7,%1)
                %3 mean : s8[4,1,1] scale mean = avgpool(%2)
                %4 gated : s8[4,4,4] scale gated = gate(%2,%3)
                %8 gated.dequantized : f32[4,4,4] = dequantize(%4)
                %5 y : f32[4,4,4] = output(%8)
                """);
    }

    @Test
    void aSoftmaxReadsTheFloatsOfTheLastLayer() {
        PassAssert.on(new AssignTypes(), Stage.FUSED, """
                %0 image : f32[2,4,4] = input()
                %1 fc : f32[3] = dense(%0) layer=fc weight=tensor(fc.weight,[3,32]) bias=none activation=none residual=false
                %2 softmax : f32[3] = softmax(%1)
                %3 y : f32[3] = output(%2)
                """).becomes(Stage.QUANTIZED, """
                %0 image : u8[2,4,4] = input()
                %4 image.quantized : s8[2,4,4] scale image = quantize(%0)
                %1 fc : f32[3] = dense(%4) layer=fc weight=tensor(fc.weight,[3,32]) bias=none activation=none residual=false
                %2 softmax : f32[3] = softmax(%1)
                %3 y : f32[3] = output(%2)
                """);
    }
}
