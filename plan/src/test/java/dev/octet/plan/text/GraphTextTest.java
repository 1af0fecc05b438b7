package dev.octet.plan.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octet.plan.PlanCode;
import dev.octet.plan.SamplePlans;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphTextTest {
    private static final String TRACED = """
            graph traced
            %0 image : f32[3,5,7] = input()
            %1 conv : f32[16,5,7] = conv2d(%0) layer=conv weight=tensor(conv.weight,[16,3,3,3]) \
            bias=tensor(conv.bias,[16]) window=3x3 stride=1x1 pad=1,1,1,1 activation=none residual=false
            %2 bn : f32[16,5,7] = batchnorm(%1) norm=norm(bn,16,0.001)
            %3 relu : f32[16,5,7] = activate(%2) activation=relu
            %4 flat : f32[560] = flatten(%3)
            %7 logits : f32[560] = output(%4)
            end
            """;

    private static final String OPERATORS = """
            graph fused
            %0 image : f32[8,9,9] = input()
            %1 conv : f32[16,5,5] = conv2d(%0) layer=conv weight=scaled(ones([16,4,3,3]),norm(bn,16,0.001)) \
            bias=none window=3x3 stride=1x1 dilation=3x2 pad=1,0,1,0 groups=2 activation=relu6 residual=false
            %2 leaky : f32[16,5,5] = activate(%1) activation=leaky_relu(0.1)
            %3 gates : f32[16,1,1] = avgpool(%2)
            %4 gate : f32[16,5,5] = gate(%2,%3)
            %5 slice : f32[4,5,5] = slice(%4) channels=2+4
            %6 pad : f32[9,5,5] = pad(%5) channels=2,3
            %7 mean : f32[9,3,3] = avgpool(%6) window=3x3 stride=2x2 pad=1,1,1,1 counted=0,1,1,0
            %8 large : f32[9,6,6] = upsample(%7) by=2x2
            %9 joined : f32[27,6,6] = concat(%8,%8,%8)
            %10 flat : f32[972] = flatten(%9)
            %11 softmax : f32[972] = softmax(%10)
            %12 y : f32[972] = output(%11)
            end
            """;

    private static final String LAID_OUT = """
            graph laid_out
            %0 x : s8[20,2,2] pitch 48 lanes 0>16x4,4>32x16 scale x = input()
            %5 b1.bn1.relu : u8[16,2,2] pitch 16 scale b1.bn1.relu = conv2d(%0,%0) layer=b1.conv1 \
            weight=scaled(tensor(b1.conv1.weight,[16,20,3,3]),norm(b1.bn1,16,0.00001)) \
            bias=shifted(none,norm(b1.bn1,16,0.00001)) window=3x3 stride=1x1 pad=1,1,1,1 activation=relu residual=true
            end
            """;

    @Test
    void parsesWhatItPrints() {
        for (Graph graph : List.of(SamplePlans.fp32(), SamplePlans.int8())) {
            assertThat(GraphText.parse(GraphText.print(graph))).isEqualTo(graph);
        }
    }

    @Test
    void printsWhatItParses() {
        for (String text : List.of(TRACED, OPERATORS, LAID_OUT)) {
            assertThat(GraphText.print(GraphText.parse(text))).isEqualTo(text);
        }
    }

    @Test
    void linesAreForPeopleOnly() {
        Graph lines = SamplePlans.withLines(SamplePlans.fp32());
        assertThat(GraphText.print(lines)).isEqualTo(GraphText.print(SamplePlans.fp32()));
        assertThat(GraphText.printWithLines(lines))
                .contains("%2 relu : f32[20,4,6] = activate(%1) activation=relu " + "@Net.java:12\n");
    }

    @Test
    void theHashCoversTheTopologyAndNotTheNumbering() {
        Graph graph = SamplePlans.fp32();
        List<Node> renumbered = graph.nodes().stream()
                .map(n -> new Node(
                        3 * n.id() + 7,
                        n.name(),
                        n.op(),
                        n.inputs().stream().map(i -> 3 * i + 7).toList(),
                        n.type(),
                        n.line()))
                .toList();
        String hash = GraphText.topologyHash(graph);
        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(GraphText.topologyHash(new Graph(graph.stage(), renumbered))).isEqualTo(hash);
        assertThat(GraphText.topologyHash(SamplePlans.withLines(graph))).isEqualTo(hash);
        String other = GraphText.print(graph).replace("norm(bn,20,0.00001)", "norm(bn,20,0.001)");
        assertThat(GraphText.topologyHash(GraphText.parse(other))).isNotEqualTo(hash);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "graph traced          | graph cooked           | 1 | expected one of traced, folded",
                "f32[3,5,7]            | f33[3,5,7]             | 2 | expected one of f32, s8, u8, found 'f33'",
                "f32[3,5,7]            | f32[3,0,7]             | 2 | number '0' is not in 1..2147483647",
                "f32[3,5,7]            | f32[65536,65536,7]     | 2 | more than 2^31 - 1 elements",
                "layer=conv            | layer=                 | 3 | expected a name, found ' weight=tensor(conv.weig...'",
                "stride=1x1            | stride=0x1             | 3 | kernel, stride and dilation are positive",
                "pad=1,1,1,1           | pad=1,1,1              | 3 | a border has 4 sides",
                "0.001                 | NaN                    | 4 | not a decimal number: NaN",
                "batchnorm             | mystery                | 4 | unknown operator 'mystery'",
                "%7 logits             | %99999999999999999999 l| 7 | is not in 0..2147483647",
                "%7 logits             | %4 logits              | 8 | %4 is made twice",
                "output(%4)            | output(%9)             | 8 | %7 uses %9 before it is made",
                "%7 logits             | %7 flat                | 8 | two values are named flat",
                "residual=false        | residual=true          | 3 | takes 2 operands, got [0]",
            })
    void namesTheLineOfAMistake(String right, String wrong, int line, String message) {
        assertThat(TRACED).contains(right);
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> GraphText.parse(TRACED.replace(right, wrong)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(PlanCode.MALFORMED))
                .withMessageContaining("graph, line " + line + ": ")
                .withMessageContaining(message);
    }

    @Test
    void boundsWhatAFileMayAskFor() {
        String pitch = LAID_OUT.replace("pitch 16", "pitch 2000000000");
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> GraphText.parse(pitch))
                .withMessageContaining("line 3: number '2000000000' is not in 1..1048576");
        String deep = LAID_OUT.replace("tensor(b1.conv1.weight,[16,20,3,3])", "scaled(".repeat(9) + "none");
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> GraphText.parse(deep))
                .withMessageContaining("nested more than 8 deep");
    }
}
