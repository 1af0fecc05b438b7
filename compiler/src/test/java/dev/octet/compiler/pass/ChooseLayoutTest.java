package dev.octet.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.text.GraphText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                %1 image.quantized : s8[3,4,4] pitch 4 scale image = quantize(%0)
                %2 conv : u8[17,4,4] pitch 32 scale conv = conv2d(%1) layer=conv weight=tensor(conv.weight,[17,3,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=relu residual=false
                %3 conv.dequantized : f32[17,4,4] pitch 17 = dequantize(%2)
                %4 y : f32[272] pitch 272 = output(%3)
                """);
    }

    /** Other users, or none but convolutions in another role, read whole vectors. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | %2 y : u8[3,4,4] scale y = add(%1,%1) activation=relu",
                "3 | %2 y : s8[3,2,2] scale image = maxpool(%1) window=2x2 stride=2x2 pad=0,0,0,0",
                "3 | %2 y : s8[3,4,4] scale y = conv2d(%1,%1) CONV activation=none residual=true",
                "3 | %2 y : s8[3,4,4] scale y = conv2d(%1) CONV groups=3 activation=none residual=false",
                "5 | %2 y : s8[5,4,4] scale y = conv2d(%1) CONV activation=none residual=false"
            })
    void keepsVectorsWhereNotOnlyConvolutionsReadAnInput(int channels, String node) {
        Graph graph = graph(channels, node);
        assertThat(pitch(new ChooseLayout().run(graph))).isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void hasWordsWhereOnlyConvolutionsReadAnInput(int channels) {
        String convolution = "%2 y : s8[C,4,4] scale y = conv2d(%1) CONV activation=none residual=false";
        Graph graph = graph(channels, convolution.replace("C,", channels + ","));
        assertThat(pitch(new ChooseLayout().run(graph))).isEqualTo(4);
    }

    private static int pitch(Graph graph) {
        return graph.node(1).type().storage().orElseThrow().pitch();
    }

    private static Graph graph(int channels, String node) {
        int groups = node.contains("groups=3") ? 3 : 1;
        String layer = "layer=conv weight=tensor(conv.weight,[" + channels + "," + channels / groups
                + ",1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0";
        String size = "[" + channels + ",4,4]";
        return GraphText.parse("""
                graph quantized
                %0 image : u8SIZE = input()
                %1 image.quantized : s8SIZE scale image = quantize(%0)
                NODE
                end
                """.replace("SIZE", size).replace("NODE", node.replace("CONV", layer)));
    }
}
