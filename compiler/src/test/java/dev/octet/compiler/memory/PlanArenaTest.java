package dev.octet.compiler.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.Region;
import dev.octet.plan.text.GraphText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanArenaTest {
    @Test
    void findsLifetimesFromFirstWriteToLastRead() {
        Graph graph = GraphText.parse("""
                graph laid_out
                %0 image : u8[3,4,4] pitch 3 = input()
                %1 image.quantized : s8[3,4,4] pitch 16 scale image = quantize(%0)
                %2 a : u8[3,4,4] pitch 16 scale a = activate(%1) activation=relu
                %3 b : s8[3,4,4] pitch 16 scale b = add(%1,%2) activation=none
                %4 a.dequantized : f32[3,4,4] pitch 3 = dequantize(%2)
                %5 b.dequantized : f32[3,4,4] pitch 3 = dequantize(%3)
                %6 y : f32[3,4,4] pitch 3 = output(%4)
                %7 z : f32[3,4,4] pitch 3 = output(%5)
                end
                """);
        List<Region> regions = List.of(region(1, 0), region(2, 1), region(3, 1, 2), region(4, 2), region(5, 3));
        assertThat(Liveness.of(graph, regions))
                .containsExactly(
                        new Lifetime(0, 48, -1, 5),
                        new Lifetime(1, 256, 0, 2),
                        new Lifetime(2, 256, 1, 3),
                        new Lifetime(3, 256, 2, 4),
                        new Lifetime(4, 192, 3, 5),
                        new Lifetime(5, 192, 4, 5));
    }

    private static Region region(int op, Integer... inputs) {
        return new Region(List.of(op), List.of(inputs), List.of(op));
    }

    @Test
    void whatTheHostReadsLivesToTheEnd() {
        Graph graph = GraphText.parse("""
                graph laid_out
                %0 image : u8[3,4,4] pitch 3 = input()
                %1 image.quantized : s8[3,4,4] pitch 16 scale image = quantize(%0)
                %2 a.dequantized : f32[3,4,4] pitch 3 = dequantize(%1)
                %3 b : s8[3,4,4] pitch 16 scale b = add(%1,%1) activation=none
                %4 b.dequantized : f32[3,4,4] pitch 3 = dequantize(%3)
                %5 odds : f32[3,4,4] pitch 3 = softmax(%2)
                %6 y : f32[3,4,4] pitch 3 = output(%5)
                %7 z : f32[3,4,4] pitch 3 = output(%4)
                end
                """);
        List<Region> regions = List.of(region(1, 0), region(2, 1), region(3, 1), region(4, 3));
        assertThat(Liveness.of(graph, regions))
                .containsExactly(
                        new Lifetime(0, 48, -1, 4),
                        new Lifetime(1, 256, 0, 2),
                        new Lifetime(2, 192, 1, 4),
                        new Lifetime(3, 256, 2, 3),
                        new Lifetime(4, 192, 3, 4));
    }

    @Test
    void reusesTheSmallestGapThatFits() {
        // %2 and %4 leave gaps of 1024 and 512 bytes under %1, %3 and %5, which all live to the end.
        PlanArena arena = PlanArena.of(List.of(
                new Lifetime(1, 4096, 0, 9),
                new Lifetime(2, 1024, 0, 1),
                new Lifetime(3, 900, 0, 9),
                new Lifetime(4, 512, 0, 1),
                new Lifetime(5, 450, 0, 9),
                new Lifetime(6, 400, 2, 3)));
        assertThat(arena.buffers())
                .containsExactly(
                        new Buffer(1, 0, 4096),
                        new Buffer(2, 4096, 1024),
                        new Buffer(3, 5120, 900),
                        new Buffer(4, 6144, 512),
                        new Buffer(6, 6144, 400),
                        new Buffer(5, 6656, 450));
        assertThat(arena.bytesPerImage()).isEqualTo(7168);
    }

    @Test
    void aChainTakesTwoBuffersWhateverItsLength() {
        List<Lifetime> chain = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            chain.add(new Lifetime(i, 1000, i, i + 1));
        }
        assertThat(PlanArena.of(chain).bytesPerImage()).isEqualTo(2048);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void valuesThatMeetNeverOverlap(long seed) {
        Random random = new Random(seed);
        List<Lifetime> lifetimes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int first = random.nextInt(40) - 1;
            long bytes = random.nextInt(4) == 0 ? 256L * (1 + random.nextInt(4)) : 1 + random.nextInt(5000);
            lifetimes.add(new Lifetime(i, bytes, first, first + random.nextInt(random.nextBoolean() ? 2 : 20)));
        }
        PlanArena arena = PlanArena.of(lifetimes);
        assertThat(arena.buffers()).as("seed %d", seed).hasSize(60);
        for (Buffer x : arena.buffers()) {
            assertThat(x.offset() + x.bytesPerImage()).isLessThanOrEqualTo(arena.bytesPerImage());
            for (Buffer y : arena.buffers()) {
                boolean apart = x.offset() + x.bytesPerImage() <= y.offset()
                        || y.offset() + y.bytesPerImage() <= x.offset()
                        || x.value() == y.value()
                        || !lifetimes.get(x.value()).meets(lifetimes.get(y.value()));
                assertThat(apart).as("seed %d: %s and %s", seed, x, y).isTrue();
            }
        }
        assertThat(arena.bytesPerImage()).as("seed %d: is worth it", seed).isLessThan(sum(lifetimes));
        Collections.shuffle(lifetimes, random);
        assertThat(PlanArena.of(lifetimes))
                .as("seed %d: order does not matter", seed)
                .isEqualTo(arena);
    }

    private static long sum(List<Lifetime> lifetimes) {
        return lifetimes.stream().mapToLong(Lifetime::bytes).sum();
    }

    @Test
    void aResultMeetsItsOperands() {
        Lifetime operand = new Lifetime(0, 1, 0, 3);
        assertThat(operand.meets(new Lifetime(1, 1, 3, 4))).isTrue();
        assertThat(operand.meets(new Lifetime(1, 1, 4, 5))).isFalse();
        assertThatThrownBy(() -> new Lifetime(0, 0, 0, 1)).hasMessageContaining("0 bytes");
    }
}
