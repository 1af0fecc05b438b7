package dev.octet.compiler.region;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(PartitionRegions.run(GRAPH))
                .containsExactly(
                        new Region(List.of(1), List.of(0), List.of(1)),
                        new Region(List.of(2), List.of(1), List.of(2)),
                        new Region(List.of(3), List.of(2), List.of(3)),
                        new Region(List.of(4), List.of(3, 1), List.of(4)),
                        new Region(List.of(5), List.of(4), List.of(5)),
                        new Region(List.of(6), List.of(3), List.of(6)));
    }

    @Test
    void aLargerRegionKeepsWhatOnlyItUses() {
        Region region = PartitionRegions.region(GRAPH, GRAPH.nodes().subList(2, 5));
        assertThat(region).isEqualTo(new Region(List.of(2, 3, 4), List.of(1), List.of(3, 4)));
    }
}
