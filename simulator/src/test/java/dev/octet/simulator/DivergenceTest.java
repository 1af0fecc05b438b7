package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes of a warp that take different ways, and where they meet. */
class DivergenceTest {
    private static void check(String instructions, int threads, IntUnaryOperator expected) {
        try (TestKernel kernel = new TestKernel(instructions).threads(threads)) {
            assertThat(kernel.words(threads))
                    .isEqualTo(IntStream.range(0, threads).map(expected).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 31, 32, 33, 64, 100, 1024})
    void waysMeetBehindACondition(int threads) {
        String program = """
                and.b32 %r1, %t, 1;
                setp.eq.u32 %p1, %r1, 0;
                @%p1 bra EVEN;
                mul.lo.u32 %r2, %t, 3;
                bra MEET;
                EVEN:
                add.u32 %r2, %t, 1000;
                MEET:
                activemask.b32 %r3;
                popc.b32 %r3, %r3;
                mad.lo.u32 %r2, %r3, 65536, %r2;
                st.global.u32 [%o], %r2;
                """;
        check(program, threads, i -> {
            int lanes = Math.min(32, threads - i / 32 * 32);
            return (i % 2 == 0 ? i + 1000 : i * 3) + lanes * 65536;
        });
    }

    @Test
    void loopsEndForEachLaneOnItsOwn() {
        String program = """
                mov.u32 %r1, 0;
                mov.u32 %r2, 0;
                LOOP:
                add.u32 %r2, %r2, %r1;
                add.u32 %r1, %r1, 1;
                setp.le.u32 %p1, %r1, %t;
                @%p1 bra LOOP;
                activemask.b32 %r3;
                not.b32 %r3, %r3;
                add.u32 %r2, %r2, %r3;
                st.global.u32 [%o], %r2;
                """;
        check(program, 64, i -> i * (i + 1) / 2);
    }

    @Test
    void nestedLoopsWithBreaksMeet() {
        String program = """
                mov.u32 %r1, 0;
                mov.u32 %r3, 0;
                OUTER:
                mov.u32 %r2, 0;
                INNER:
                add.u32 %r3, %r3, 1;
                add.u32 %r2, %r2, 1;
                setp.eq.u32 %p1, %r3, %t;
                @%p1 bra BROKEN;
                setp.lt.u32 %p2, %r2, 5;
                @%p2 bra INNER;
                add.u32 %r1, %r1, 1;
                setp.lt.u32 %p2, %r1, 4;
                @%p2 bra OUTER;
                BROKEN:
                activemask.b32 %r4;
                setp.ne.u32 %p3, %r4, 0xffffffff;
                @%p3 add.u32 %r3, %r3, 100;
                st.global.u32 [%o], %r3;
                """;
        check(program, 32, i -> i == 0 ? 20 : Math.min(i, 20));
    }

    @Test
    void lanesThatReturnedAreGone() {
        String program = """
                st.global.u32 [%o], %t;
                setp.lt.u32 %p1, %t, 9;
                @%p1 ret;
                activemask.b32 %r1;
                setp.gt.u32 %p2, %t, 20;
                @%p2 bra END;
                st.global.u32 [%o], %r1;
                END:
                """;
        check(program, 32, i -> i < 9 || i > 20 ? i : 0xffff_fe00);
    }

    @Test
    void guardsChooseLanes() {
        String program = """
                setp.lt.u32 %p1, %t, 10;
                mov.u32 %r1, 5;
                @%p1 mov.u32 %r1, 6;
                @!%p1 add.u32 %r1, %r1, %t;
                st.global.u32 [%o], %r1;
                """;
        check(program, 32, i -> i < 10 ? 6 : 5 + i);
    }

    @Test
    void warpsMeetAtBarriersInTurn() {
        String program = """
                mov.u32 %r1, 0;
                st.shared.u32 [%t4], %t;
                LOOP:
                bar.sync 0;
                add.u32 %r2, %t, 1;
                rem.u32 %r2, %r2, 96;
                shl.b32 %r2, %r2, 2;
                ld.shared.u32 %r3, [%r2];
                bar.sync 0;
                st.shared.u32 [%t4], %r3;
                add.u32 %r1, %r1, 1;
                setp.lt.u32 %p1, %r1, 50;
                @%p1 bra LOOP;
                st.global.u32 [%o], %r3;
                """;
        check(program, 96, i -> (i + 50) % 96);
    }

    @Test
    void producersAndConsumersMeetAtNamedBarriers() {
        String program = """
                setp.ge.u32 %p1, %t, 32;
                @%p1 bra CONSUMER;
                mul.lo.u32 %r1, %t, 7;
                st.shared.u32 [%t4], %r1;
                bar.arrive 3, 64;
                mov.u32 %r2, 1;
                bra END;
                CONSUMER:
                bar.sync 3, 64;
                xor.b32 %r1, %t4, 128;
                ld.shared.u32 %r2, [%r1];
                END:
                st.global.u32 [%o], %r2;
                """;
        check(program, 64, i -> i < 32 ? 1 : (i - 32) * 7);
    }
}
