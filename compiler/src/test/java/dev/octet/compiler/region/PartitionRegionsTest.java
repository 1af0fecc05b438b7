package dev.octet.compiler.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Target;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.launch.Region;
import dev.octet.plan.text.GraphText;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionRegionsTest {
    private static final Graph GRAPH = GraphText.parse("""
            graph laid_out
            %0 image : u8[3,4,4] pitch 3 = input()
            %1 image.quantized : s8[3,4,4] pitch 16 scale image = quantize(%0)
            %2 a : u8[3,4,4] pitch 16 scale a = activate(%1) activation=relu
            %3 b : s8[3,4,4] pitch 16 scale b = add(%2,%2) activation=none
            %4 c : s8[3,4,4] pitch 16 scale c = add(%3,%1) activation=none
            %5 c.dequantized : f32[3,4,4] pitch 3 = dequantize(%4)
            %6 b.dequantized : f32[3,4,4] pitch 3 = dequantize(%3)
            %7 y : f32[3,4,4] pitch 3 = output(%5)
            %8 z : f32[3,4,4] pitch 3 = output(%6)
            end
            """);

    @Test
    void givesEachOperatorARegion() {
        assertThat(PartitionRegions.run(GRAPH, Target.SM_61))
                .containsExactly(
                        new Region(List.of(1), List.of(0), List.of(1)),
                        new Region(List.of(2), List.of(1), List.of(2)),
                        new Region(List.of(3), List.of(2), List.of(3)),
                        new Region(List.of(4), List.of(3, 1), List.of(4)),
                        new Region(List.of(5), List.of(4), List.of(5)),
                        new Region(List.of(6), List.of(3), List.of(6)));
    }

    private static final String STEM = """
            graph laid_out
            %0 image : u8[3,9,9] pitch 3 = input()
            %1 image.quantized : s8[3,9,9] pitch 4 scale image = quantize(%0)
            %2 conv : u8[8,9,9] pitch 16 scale conv = conv2d(%1) layer=conv weight=tensor(conv.weight,[8,3,3,3]) bias=none WINDOW activation=relu residual=false
            %3 pool : u8[8,4,4] pitch 16 scale conv = maxpool(%2) window=2x2 stride=2x2 pad=0,0,0,0
            %4 pool.dequantized : f32[8,4,4] pitch 8 = dequantize(%3)
            %5 y : f32[8,4,4] pitch 8 = output(%4)
            end
            """;

    private static final Region QUANTIZE = new Region(List.of(1), List.of(0), List.of(1));

    private static List<Region> stem(Target target, String window, String end) {
        String text = STEM.replace("WINDOW", window).replace("end\n", end + "end\n");
        return PartitionRegions.run(GraphText.parse(text), target);
    }

    private static final String SAME = "window=3x3 stride=1x1 pad=1,1,1,1";

    @Test
    void aConvolutionOfWordsIsPooledInOneRegionWhereThereIsAKernel() {
        assertThat(stem(Target.SM_80, SAME, ""))
                .startsWith(QUANTIZE, new Region(List.of(2, 3), List.of(1), List.of(3)))
                .hasSize(3);
        for (Target target : List.of(Target.SM_61, Target.SM_75)) {
            assertThat(stem(target, SAME, ""))
                    .startsWith(
                            QUANTIZE,
                            new Region(List.of(2), List.of(1), List.of(2)),
                            new Region(List.of(3), List.of(2), List.of(3)))
                    .hasSize(4);
        }
    }

    @Test
    void aConvolutionThatOthersReadIsPooledInARegionOfItsOwn() {
        String other = "%6 conv.dequantized : f32[8,9,9] pitch 8 = dequantize(%2)\n"
                + "%7 z : f32[8,9,9] pitch 8 = output(%6)\n";
        assertThat(stem(Target.SM_80, SAME, other))
                .allSatisfy(region -> assertThat(region.ops()).hasSize(1));
    }

    @Test
    void aConvolutionWithGapsIsPooledInARegionOfItsOwn() {
        String gaps = "window=3x3 stride=1x1 dilation=2x2 pad=2,2,2,2";
        assertThat(stem(Target.SM_80, gaps, ""))
                .allSatisfy(region -> assertThat(region.ops()).hasSize(1));
    }

    @Test
    void aLargerRegionKeepsWhatOnlyItUses() {
        Region region = PartitionRegions.region(GRAPH, GRAPH.nodes().subList(2, 5));
        assertThat(region).isEqualTo(new Region(List.of(2, 3, 4), List.of(1), List.of(3, 4)));
    }
}
