package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What lanes of a warp learn from each other. */
class CollectivesTest {
    private static final String ALL = "0xffffffff";

    private static void check(String instructions, IntUnaryOperator expected) {
        try (TestKernel kernel = new TestKernel(instructions + "\nst.global.u32 [%o], %r1;").threads(64)) {
            assertThat(kernel.words(64))
                    .as(instructions)
                    .isEqualTo(IntStream.range(0, 64).map(expected).toArray());
        }
    }

    /** Lane of the same warp. */
    private static int lane(int thread, int lane) {
        return thread / 32 * 32 + lane;
    }

    @Test
    void shufflesMoveRegisters() {
        check("shfl.sync.idx.b32 %r1, %t, 5, 31, " + ALL + ";", i -> lane(i, 5));
        check("shfl.sync.idx.b32 %r1, %t, %t, 0x181f, " + ALL + ";", i -> i);
        check("shfl.sync.idx.b32 %r1, %t, 3, 0x181f, " + ALL + ";", i -> i / 8 * 8 + 3);
        check("shfl.sync.up.b32 %r1, %t, 3, 0, " + ALL + ";", i -> i % 32 < 3 ? i : i - 3);
        check("shfl.sync.down.b32 %r1, %t, 4, 31, " + ALL + ";", i -> i % 32 > 27 ? i : i + 4);
        check("shfl.sync.down.b32 %r1, %t, 2, 0x1c1f, " + ALL + ";", i -> i % 4 > 1 ? i : i + 2);
        check("shfl.sync.bfly.b32 %r1, %t, 16, 31, " + ALL + ";", i -> i ^ 16);
    }

    @Test
    void shufflesTellWhetherALaneWasThere() {
        String program = "shfl.sync.up.b32 %r2|%p1, %t, 1, 0, " + ALL + ";\nselp.u32 %r1, 1, 0, %p1;";
        check(program, i -> i % 32 == 0 ? 0 : 1);
    }

    @Test
    void aButterflySumsAWarp() {
        StringBuilder program = new StringBuilder("mov.u32 %r1, %t;\n");
        for (int distance = 16; distance > 0; distance /= 2) {
            program.append("shfl.sync.bfly.b32 %r2, %r1, " + distance + ", 31, " + ALL + ";\nadd.u32 %r1, %r1, %r2;\n");
        }
        check(program.toString(), i -> i < 32 ? 31 * 16 : 31 * 16 + 32 * 32);
        check("redux.sync.add.u32 %r1, %t, " + ALL + ";", i -> i < 32 ? 31 * 16 : 31 * 16 + 32 * 32);
    }

    @Test
    void reductionsKnowSigns() {
        String negative = "sub.s32 %r2, %t, 7;\n";
        check(negative + "redux.sync.min.s32 %r1, %r2, " + ALL + ";", i -> i < 32 ? -7 : 25);
        check(negative + "redux.sync.min.u32 %r1, %r2, " + ALL + ";", i -> i < 32 ? 0 : 25);
        check(negative + "redux.sync.max.u32 %r1, %r2, " + ALL + ";", i -> i < 32 ? -1 : 56);
        check("redux.sync.or.b32 %r1, %t, " + ALL + ";", i -> i < 32 ? 31 : 63);
        check("redux.sync.xor.b32 %r1, %t, " + ALL + ";", i -> 0);
    }

    @Test
    void votesCount() {
        String odd = "and.b32 %r2, %t, 1;\nsetp.eq.u32 %p1, %r2, 1;\n";
        String small = "setp.lt.u32 %p1, %t, 32;\n";
        check(odd + "vote.sync.ballot.b32 %r1, %p1, " + ALL + ";", i -> 0xaaaa_aaaa);
        check(odd + "vote.sync.ballot.b32 %r1, !%p1, " + ALL + ";", i -> 0x5555_5555);
        check(small + "vote.sync.all.pred %p2, %p1, " + ALL + ";\nselp.u32 %r1, 1, 0, %p2;", i -> i < 32 ? 1 : 0);
        check(odd + "vote.sync.any.pred %p2, %p1, " + ALL + ";\nselp.u32 %r1, 1, 0, %p2;", i -> 1);
        check(odd + "vote.sync.uni.pred %p2, %p1, " + ALL + ";\nselp.u32 %r1, 1, 0, %p2;", i -> 0);
    }

    @Test
    void matchesFindEqualLanes() {
        String third = "rem.u32 %r2, %t, 3;\n";
        check(third + "match.any.sync.b32 %r1, %r2, " + ALL + ";", i -> {
            int lanes = 0;
            for (int lane = 0; lane < 32; lane++) {
                lanes |= lane(i, lane) % 3 == i % 3 ? 1 << lane : 0;
            }
            return lanes;
        });
        check("shr.u32 %r2, %t, 5;\nmatch.all.sync.b32 %r1|%p1, %r2, " + ALL + ";", i -> -1);
        check(third + "match.all.sync.b32 %r3|%p1, %r2, " + ALL + ";\nselp.u32 %r1, 1, 0, %p1;", i -> 0);
    }

    @Test
    void someLanesMayTalkAmongThemselves() {
        String program = """
                mov.u32 %r1, 99;
                setp.lt.u32 %p1, %t, 8;
                @%p1 shfl.sync.bfly.b32 %r1, %t, 1, 31, 0xff;
                """;
        check(program, i -> i < 8 ? i ^ 1 : 99);
    }
}
