package dev.octet.compiler.pass;

import dev.octet.plan.graph.Stage;
import org.junit.jupiter.api.Test;

class ChooseLayoutTest {
    @Test
    void padsActivationsAndNothingElse() {
        PassAssert.on(new ChooseLayout(), Stage.QUANTIZED, """
                %0 image : u8[3,4,4] = input()
                %1 image.quantized : s8[3,4,4] scale image = quantize(%0)
                %2 conv : u8[17,4,4] scale conv = conv2d(%1) layer=conv weight=tensor(conv.weight,[17,3,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=relu residual=false
                %3 conv.dequantized : f32[17,4,4] = dequantize(%2)
                %4 y : f32[272] = output(%3)
                """).becomes(Stage.LAID_OUT, """
                %0 image : u8[3,4,4] pitch 3 = input()
                %1 image.quantized : s8[3,4,4] pitch 16 scale image = quantize(%0)
                %2 conv : u8[17,4,4] pitch 32 scale conv = conv2d(%1) layer=conv weight=tensor(conv.weight,[17,3,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=relu residual=false
                %3 conv.dequantized : f32[17,4,4] pitch 17 = dequantize(%2)
                %4 y : f32[272] pitch 272 = output(%3)
                """);
    }
}
