package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** As tiles of 16 threads do it: all execute the instruction, each half with the mask of its own lanes. */
    private static final String HALVES = """
            and.b32 %r20, %t, 16;
            setp.eq.u32 %p6, %r20, 0;
            selp.b32 %r21, 0x0000ffff, 0xffff0000, %p6;
            """;

    private static int half(int lane) {
        return lane % 32 < 16 ? 0x0000_ffff : 0xffff_0000;
    }

    @Test
    void halvesOfAWarpTalkAmongThemselvesAtTheSameTime() {
        check(HALVES + "shfl.sync.bfly.b32 %r1, %t, 5, 31, %r21;", i -> i ^ 5);
        check(HALVES + "shfl.sync.down.b32 %r1, %t, 3, 0x100f, %r21;", i -> i % 16 > 12 ? i : i + 3);
        check(HALVES + "setp.gt.u32 %p1, %t, 3;\nvote.sync.ballot.b32 %r1, %p1, %r21;", i -> {
            return half(i) & (i < 32 ? 0xffff_fff0 : -1);
        });
        check(
                HALVES + "setp.lt.u32 %p1, %t, 16;\nvote.sync.all.pred %p2, %p1, %r21;\nselp.u32 %r1, 1, 0, %p2;",
                i -> i < 16 ? 1 : 0);
        check(HALVES + "and.b32 %r2, %t, 64;\nmatch.any.sync.b32 %r1, %r2, %r21;", CollectivesTest::half);
        check(
                HALVES + "min.u32 %r2, %t, 16;\nmatch.all.sync.b32 %r3|%p1, %r2, %r21;\nselp.u32 %r1, 1, 0, %p1;",
                i -> i < 16 ? 0 : 1);
        check(HALVES + "redux.sync.max.u32 %r1, %t, %r21;", i -> i / 16 * 16 + 15);
        check(HALVES + "bar.warp.sync %r21;\nmov.u32 %r1, %t;", i -> i);
    }

    /** The register that is written may be the mask, for lanes only read their own. */
    @Test
    void aMaskMayBeOverwritten() {
        check(HALVES + "mov.u32 %r1, %r21;\nshfl.sync.idx.b32 %r1, %t, 17, 0, %r1;", i -> i);
    }

    @Test
    void halvesOfAWarpTalkOnDifferentWays() {
        String program = HALVES + """
                @%p6 bra LOW;
                shfl.sync.bfly.b32 %r1, %t, 1, 31, 0xffff0000;
                bra END;
                LOW:
                shfl.sync.bfly.b32 %r1, %t, 2, 31, 0xffff;
                END:
                """;
        check(program, i -> i % 32 < 16 ? i ^ 2 : i ^ 1);
    }

    private static void refused(String instructions, SimulatorCode code, String... texts) {
        try (TestKernel kernel = new TestKernel(HALVES + instructions)) {
            assertThatThrownBy(kernel::launch)
                    .as(instructions)
                    .hasMessageContaining(code.id())
                    .hasMessageContainingAll(texts);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shfl.sync.bfly.b32 %r1, %t, 1, 31, MASK;",
                "vote.sync.ballot.b32 %r1, %p6, MASK;",
                "vote.sync.any.pred %p1, %p6, MASK;",
                "match.any.sync.b32 %r1, %t, MASK;",
                "redux.sync.add.u32 %r1, %t, MASK;",
                "bar.warp.sync MASK;"
            })
    void everyLaneOfAMaskHasThatMaskAndOnlyThose(String instruction) {
        String notItself = instruction.replace("MASK", "0x7fffffff");
        refused(notItself, SimulatorCode.INACTIVE_LANES, "thread 31: lanes 0xffffffff", "needs lanes 0x7fffffff");
        String others = "not.b32 %r22, %r21;\n" + instruction.replace("MASK", "%r22");
        refused(others, SimulatorCode.INACTIVE_LANES, "thread 16: lanes 0x0000ffff", "needs lanes 0xffff0000");
        String overlap = "selp.b32 %r22, 0x0000ffff, 0xffffffff, %p6;\n" + instruction.replace("MASK", "%r22");
        refused(overlap, SimulatorCode.INACTIVE_LANES, "thread 0: lanes 0xffff0000", "needs lanes 0xffffffff");
        String elsewhere = "@%p6 bra END;\n" + instruction.replace("MASK", ALL) + "\nEND: mov.u32 %r3, 0;";
        refused(elsewhere, SimulatorCode.INACTIVE_LANES, "thread 0: lanes 0xffff0000", "needs lanes 0xffffffff");
    }

    @Test
    void lanesAskNobodyBeyondTheirMask() {
        String across = "shfl.sync.idx.b32 %r1, %t, 3, 31, %r21;";
        refused(across, SimulatorCode.UNDEFINED, "thread 16: it asks for a register of lane 3");
    }
}
