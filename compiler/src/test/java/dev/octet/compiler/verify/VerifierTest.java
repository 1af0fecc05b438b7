package dev.octet.compiler.verify;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.compiler.Networks;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.text.GraphText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierTest {
    private static final String TRACED = """
            graph traced
            %0 image : f32[2,4,4] = input()
            %1 conv : f32[3,4,4] = conv2d(%0) layer=conv weight=tensor(conv.weight,[3,2,3,3]) bias=tensor(conv.bias,[3]) window=3x3 stride=1x1 pad=1,1,1,1 activation=none residual=false
            %2 bn : f32[3,4,4] = batchnorm(%1) norm=norm(bn,3,0.001)
            %3 relu : f32[3,4,4] = activate(%2) activation=relu
            %4 sum : f32[3,4,4] = add(%2,%3) activation=none
            %5 pool : f32[3,2,2] = maxpool(%4) window=2x2 stride=2x2 pad=0,0,0,0
            %6 flat : f32[12] = flatten(%5)
            %7 fc : f32[5] = dense(%6) layer=fc weight=tensor(fc.weight,[5,12]) bias=none activation=none residual=false
            %8 mean : f32[3,1,1] = avgpool(%5)
            %9 y : f32[5] = output(%7)
            %10 z : f32[3,1,1] = output(%8)
            end
            """;

    private static final String LAID_OUT = """
            graph laid_out
            %0 image : u8[2,4,4] pitch 2 = input()
            %1 image.quantized : s8[2,4,4] pitch 16 scale image = quantize(%0)
            %2 conv : u8[3,4,4] pitch 16 scale conv = conv2d(%1) layer=conv weight=scaled(tensor(conv.weight,[3,2,1,1]),norm(bn,3,0.001)) bias=shifted(none,norm(bn,3,0.001)) window=1x1 stride=1x1 pad=0,0,0,0 activation=relu residual=false
            %3 next : s8[3,4,4] pitch 16 scale next = conv2d(%2,%2) layer=next weight=tensor(next.weight,[3,3,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=none residual=true
            %4 pool : s8[3,2,2] pitch 16 scale next = maxpool(%3) window=2x2 stride=2x2 pad=0,0,0,0
            %5 sum : s8[3,2,2] pitch 16 scale sum = add(%4,%4) activation=none
            %6 fc : f32[5] pitch 5 = dense(%5) layer=fc weight=tensor(fc.weight,[5,12]) bias=none activation=none residual=false
            %7 sum.dequantized : f32[3,2,2] pitch 3 = dequantize(%5)
            %8 y : f32[5] pitch 5 = output(%6)
            %9 z : f32[12] pitch 12 = output(%7)
            end
            """;

    @Test
    void acceptsSoundGraphs() {
        assertThatCode(() -> Verifier.verify("X", GraphText.parse(TRACED))).doesNotThrowAnyException();
        assertThatCode(() -> Verifier.verify("X", GraphText.parse(LAID_OUT))).doesNotThrowAnyException();
        String floats = LAID_OUT.replace("%0 image : u8", "%0 image : f32");
        assertThatCode(() -> Verifier.verify("X", GraphText.parse(floats))).doesNotThrowAnyException();
        String words = LAID_OUT.replace("s8[2,4,4] pitch 16", "s8[2,4,4] pitch 4");
        assertThatCode(() -> Verifier.verify("X", GraphText.parse(words))).doesNotThrowAnyException();
    }

    /** Each row breaks the traced graph in one place. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    %1 conv : f32[3,4,4]          | %1 conv : f32[3,4,3]              | %1 conv | make [3,4,4], not [3,4,3]
                    conv.weight,[3,2,3,3]         | conv.weight,[3,1,3,3]             | %1 conv | rows of shape [1, 3, 3]
                    conv.bias,[3]                 | conv.bias,[4]                     | %1 conv | does not have 3 channels
                    %3 relu : f32[3,4,4]          | %3 relu : f32[3,4,5]              | %3 relu | make [3,4,4], not [3,4,5]
                    %5 pool : f32[3,2,2]          | %5 pool : f32[3,2,3]              | %5 pool | make [3,2,2], not [3,2,3]
                    %8 mean : f32[3,1,1]          | %8 mean : f32[3,2,1]              | %8 mean | make [3,1,1], not [3,2,1]
                    fc.weight,[5,12]              | fc.weight,[5,3]                   | %7 fc   | its operand needs [12]
                    norm(bn,3,                    | norm(bn,2,                        | %2 bn   | make [2,4,4], not [3,4,4]
                    layer=fc                      | layer=conv                        | %1 conv | layer conv is made twice
                    %4 sum : f32                  | %4 sum : s8                       | %4 sum  | value is float
                    activation=none residual      | activation=relu residual          | %1 conv | nothing is fused
                    graph traced                  | graph folded                      | %2 bn   | a FOLDED graph has no BatchNorm
                    %10 z : f32[3,1,1] = output(%8) | %10 z : f32[3,1,1] = output(%8)~%11 w : f32[3,1,1] = activate(%8) activation=relu | %11 w | nothing uses it
                    %10 z : f32[3,1,1] = output(%8) | %10 z : f32[3,1,1] = output(%8)~%11 w : f32[3,1,1] = output(%10) | %10 z | an output is not an operand
                    %4 sum : f32[3,4,4]           | %4 sum : f32[3,4,4] pitch 3       | %4 sum  | has no layout yet
                    """)
    void namesTheBrokenRuleOfATracedGraph(String part, String broken, String value, String reason) {
        assertBroken(TRACED, part, broken, value, reason);
    }

    /** Each row breaks the laid-out graph in one place. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    %3 next : s8                  | %3 next : u8                      | %3 next | unsigned, but may be negative
                    %4 pool : s8[3,2,2] pitch 16 scale next | %4 pool : s8[3,2,2] pitch 16 scale pool | %4 pool | it keeps type and scale
                    %5 sum : s8[3,2,2] pitch 16 scale sum   | %5 sum : s8[3,2,2] pitch 16 scale conv  | %5 sum  | comes from conv, not from sum
                    scale image                   | scale conv                        | %1 image.quantized | comes from conv, not from image
                    %2 conv : u8[3,4,4] pitch 16  | %2 conv : u8[3,4,4] pitch 24      | %2 conv | padded to 16
                    %2 conv : u8[3,4,4] pitch 16  | %2 conv : u8[3,4,4]               | %2 conv | it has no layout
                    %2 conv : u8[3,4,4] pitch 16  | %2 conv : u8[3,4,4] pitch 16 lanes 0>1x3 | %2 conv | in order and padded
                    pitch 2 = input               | pitch 16 = input                  | %0 image | are dense
                    %2 conv : u8[3,4,4] pitch 16  | %2 conv : u8[3,4,4] pitch 4       | %2 conv | only convolutions
                    = quantize(%0)                | = dequantize(%0)                  | %1 image.quantized | it cannot read u8 image
                    %0 image : u8                 | %0 image : s8                     | %0 image | reads raw pixels or floats
                    = dequantize(%5)              | = quantize(%5)                    | %7 sum.dequantized | it cannot read s8 sum
                    conv2d(%1)                    | conv2d(%0)                        | %2 conv | it cannot read u8 image
                    = output(%7)                  | = output(%5)                      | %9 z | an output is float
                    %3 next : s8[3,4,4] pitch 16 scale next | %3 next : f32[3,4,4] pitch 3 | %3 next | only a layer of one pixel
                    norm(bn,3,0.001)) bias        | norm(bn,2,0.001)) bias            | %2 conv | does not have 3 channels
                    bias=shifted(none,norm(bn,3   | bias=shifted(none,norm(bn,4       | %2 conv | does not have 3 channels
                    """)
    void namesTheBrokenRuleOfALaidOutGraph(String part, String broken, String value, String reason) {
        assertBroken(LAID_OUT, part, broken, value, reason);
    }

    private static void assertBroken(String text, String part, String broken, String value, String reason) {
        assertThat(text).contains(part);
        int at = text.indexOf(part);
        String changed = text.substring(0, at) + broken.replace('~', '\n') + text.substring(at + part.length());
        Graph graph = GraphText.parse(changed);
        CompileException e = catchThrowableOfType(CompileException.class, () -> Verifier.verify("SomePass", graph));
        assertThat(e).as("the rule is checked").isNotNull();
        assertThat(e.code()).isEqualTo(CompilerCode.INVALID_GRAPH);
        assertThat(e)
                .hasMessageContaining("After SomePass, " + value + " (line unknown)")
                .hasMessageContaining(reason);
    }

    @Test
    void namesTheLineOfTheDefinition() {
        Graph graph = Networks.traced(
                net -> net.output("y", net.input("image").conv2d("conv", 2, kernel(1))),
                Shape.of(1, 3, 3),
                Shape.of(2, 3, 3));
        List<Node> nodes = new ArrayList<>(graph.nodes());
        Node conv = nodes.get(1);
        TensorType wrong = TensorType.f32(Shape.of(2, 3, 4));
        nodes.set(1, new Node(conv.id(), conv.name(), conv.op(), conv.inputs(), wrong, conv.line()));
        CompileException e = catchThrowableOfType(
                CompileException.class, () -> Verifier.verify("SomePass", new Graph(graph.stage(), nodes)));
        assertThat(e.line()).isEqualTo(conv.line());
        assertThat(e)
                .hasMessageContaining(String.format(
                        Locale.ROOT,
                        "%%1 conv (VerifierTest.java:%d)",
                        conv.line().orElseThrow().line()));
    }
}
