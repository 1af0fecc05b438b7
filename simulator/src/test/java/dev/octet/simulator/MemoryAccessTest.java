package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads, stores, copies and atomic operations in all memories. */
class MemoryAccessTest {
    private static void check(TestKernel kernel, int count, IntUnaryOperator expected) {
        try (kernel) {
            assertThat(kernel.words(count))
                    .isEqualTo(IntStream.range(0, count).map(expected).toArray());
        }
    }

    @Test
    void loadsExtendToTheirRegister() {
        String program = """
                cvt.u64.u32 %x1, %t;
                add.u64 %x1, %in, %x1;
                ld.global.s8 %r1, [%x1];
                ld.global.nc.u8 %r2, [%x1];
                ld.global.s8 %h1, [%x1];
                cvt.u32.u16 %r3, %h1;
                ld.global.s8 %x2, [%x1];
                cvt.u32.u64 %r4, %x2;
                add.u32 %r1, %r1, %r2;
                add.u32 %r1, %r1, %r3;
                add.u32 %r1, %r1, %r4;
                st.global.u32 [%o], %r1;
                """;
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 37);
        }
        check(
                new TestKernel(program).input(bytes),
                32,
                i -> bytes[i] + (bytes[i] & 255) + (bytes[i] & 0xffff) + bytes[i]);
    }

    /** Every type into every register that is as wide or wider: numbers with a sign keep it, all others get zeros. */
    @ParameterizedTest
    @ValueSource(strings = {"b8", "u8", "s8", "b16", "u16", "s16", "b32", "u32", "s32", "f32", "b64", "u64", "s64"})
    void loadsExtendByTheirType(String type) {
        int bits = Integer.parseInt(type.substring(1));
        long mask = bits == 64 ? -1 : (1L << bits) - 1;
        long[] values = {0x8182_8384_8586_8788L, 0x7172_7374_7576_7778L, -1, 0};
        for (int register : new int[] {16, 32, 64}) {
            if (register < bits) {
                continue;
            }
            String name = Map.of(16, "%h1", 32, "%r1", 64, "%x1").get(register);
            String toLong = register == 64 ? "" : "cvt.u64.u" + register + " %x1, " + name + ";\n";
            String program = "mad.wide.u32 %x3, %t, 8, %in;\nld.global." + type + " " + name + ", [%x3];\n" + toLong
                    + "mad.wide.u32 %x4, %t, 8, %out;\nst.global.u64 [%x4], %x1;";
            long kept = register == 64 ? -1 : (1L << register) - 1;
            check(new TestKernel(program).threads(4).input(words(values)), 8, i -> {
                long low = values[i / 2] & mask;
                boolean negative = type.startsWith("s") && (low & 1L << bits - 1) != 0;
                long extended = (negative ? low | ~mask : low) & kept;
                return (int) (i % 2 == 0 ? extended : extended >>> 32);
            });
        }
    }

    private static int[] words(long... longs) {
        return LongStream.of(longs)
                .flatMap(value -> LongStream.of(value, value >>> 32))
                .mapToInt(value -> (int) value)
                .toArray();
    }

    @Test
    void vectorsLieInOrder() {
        String program = """
                mad.wide.u32 %x1, %t, 16, %in;
                ld.global.v4.u32 {%r1, %r2, %r3, %r4}, [%x1];
                shl.b32 %r5, %t, 4;
                st.shared.v2.b32 [%r5], {%r4, %r3};
                st.shared.v2.b32 [%r5+8], {%r2, %r1};
                ld.shared.v2.u64 {%x2, %x3}, [%r5];
                mad.wide.u32 %x4, %t, 16, %out;
                st.global.v2.u64 [%x4], {%x3, %x2};
                """;
        int[] words = IntStream.range(0, 128).map(i -> i * 0x01010107).toArray();
        int[] order = {1, 0, 3, 2};
        check(new TestKernel(program).input(words), 128, i -> words[i / 4 * 4 + order[i % 4]]);
    }

    @Test
    void narrowStoresKeepTheirNeighbours() {
        String program = """
                st.shared.u32 [%t4], 0x11223344;
                st.shared.u8 [%t4+1], %t;
                st.shared.u16 [%t4+2], %t;
                ld.shared.u32 %r1, [%t4];
                st.global.u32 [%o], %r1;
                """;
        check(new TestKernel(program), 32, i -> i << 16 | i << 8 | 0x44);
    }

    @Test
    void localMemoryBelongsToAThread() {
        String program = """
                .local .align 8 .b8 mine[64];
                mov.u64 %x1, mine;
                cvta.local.u64 %x2, %x1;
                and.b32 %r1, %t, 7;
                mad.wide.u32 %x3, %r1, 8, %x1;
                st.local.u64 [%x3], 5;
                st.local.u32 [%x3+4], %t;
                mad.wide.u32 %x4, %r1, 8, %x2;
                ld.u32 %r2, [%x4+4];
                st.global.u32 [%o], %r2;
                """;
        check(new TestKernel(program).threads(64), 64, i -> i);
    }

    @Test
    void genericAddressesReachEveryMemory() {
        String program = """
                mov.u64 %x1, s;
                cvta.shared.u64 %x1, %x1;
                mad.wide.u32 %x2, %t, 4, %x1;
                st.u32 [%x2], %t;
                cvta.to.shared.u64 %x3, %x2;
                ld.shared.u32 %r1, [%x3];
                cvta.to.global.u64 %x4, %o;
                cvta.global.u64 %x4, %x4;
                st.u32 [%x4], %r1;
                """;
        check(new TestKernel(program), 32, i -> i);
    }

    @Test
    void constantsOfAModule() {
        String ptx = """
                .version 7.0
                .target sm_80
                .address_size 64
                .const .align 4 .b32 table[3] = {7, 0x10, -3};
                .extern .shared .align 16 .b8 more[];
                .visible .entry k(.param .u64 out) {
                .reg .b32 %r<6>; .reg .b64 %x<4>;
                .shared .align 4 .b8 first[4];
                ld.param.u64 %x0, [out];
                ld.const.u32 %r0, [table+8];
                mov.u64 %x1, table;
                ld.const.u32 %r1, [%x1+4];
                mov.u32 %r2, more;
                st.shared.u32 [%r2+60], %r0;
                ld.shared.u32 %r3, [more+60];
                mov.u32 %r4, %dynamic_smem_size;
                st.global.v4.u32 [%x0], {%r1, %r2, %r3, %r4};
                }
                """;
        try (Simulator simulator = new Simulator()) {
            long out = simulator.memory().allocate(16);
            byte[] parameters = java.nio.ByteBuffer.allocate(8)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .putLong(out)
                    .array();
            simulator.launch(SimulatedModule.load(ptx).entry("k"), 1, 1, 1, 64, parameters);
            assertThat(simulator.memory().download(out, 16))
                    .containsExactly(16, 0, 0, 0, 16, 0, 0, 0, -3, -1, -1, -1, 64, 0, 0, 0);
        }
    }

    @Test
    void copiesFillUpWithZeros() {
        String program = """
                shl.b32 %r1, %t, 4;
                mad.wide.u32 %x1, %t, 16, %in;
                and.b32 %r2, %t, 15;
                cp.async.ca.shared.global [%r1], [%x1], 16, %r2;
                cp.async.wait_all;
                ld.shared.v4.u32 {%r3, %r4, %r5, %r6}, [%r1];
                mad.wide.u32 %x2, %t, 16, %out;
                st.global.v4.u32 [%x2], {%r3, %r4, %r5, %r6};
                """;
        int[] words = IntStream.range(0, 128).map(i -> -1).toArray();
        check(new TestKernel(program).input(words), 128, i -> {
            int bytes = Math.max(0, Math.min(4, (i / 4 & 15) - i % 4 * 4));
            return bytes == 4 ? -1 : (1 << 8 * bytes) - 1;
        });
    }

    @Test
    void aCopyOfNothingReadsNothing() {
        String program = """
                shl.b32 %r1, %t, 4;
                cp.async.cg.shared.global [%r1], [0], 16, 0;
                cp.async.commit_group;
                cp.async.commit_group;
                cp.async.wait_group 1;
                ld.shared.u32 %r3, [%r1+12];
                st.global.u32 [%o], %r3;
                """;
        check(new TestKernel(program), 32, i -> 0);
    }

    @Test
    void atomicOperationsReturnWhatWasThere() {
        String program = """
                setp.eq.u32 %p1, %t, 0;
                @%p1 st.shared.u32 [s], 100;
                bar.sync 0;
                atom.shared.add.u32 %r1, [s], 3;
                st.global.u32 [%o], %r1;
                """;
        check(new TestKernel(program).threads(64), 64, i -> 100 + 3 * i);
    }

    @Test
    void atomicOperationsKnowSigns() {
        String program = """
                atom.global.max.u64 %x1, [%in], 5;
                atom.global.max.s64 %x1, [%in+8], 5;
                atom.global.min.u32 %r1, [%in+16], 5;
                atom.global.min.s32 %r1, [%in+20], 5;
                atom.global.dec.u32 %r1, [%in+24], 9;
                atom.global.add.u64 %x1, [%in+32], -1;
                ld.global.v2.u64 {%x1, %x2}, [%in];
                st.global.v2.u64 [%out], {%x1, %x2};
                ld.global.v4.u32 {%r1, %r2, %r3, %r4}, [%in+16];
                st.global.v4.u32 [%out+16], {%r1, %r2, %r3, %r4};
                ld.global.u64 %x1, [%in+32];
                st.global.u64 [%out+32], %x1;
                """;
        int[] expected = {-1, -1, 5, 0, 5, -1, 9, 77, -1, 0};
        check(new TestKernel(program).input(-1, -1, -1, -1, -1, -1, 0, 77, 0, 1).threads(1), 10, i -> expected[i]);
    }

    @Test
    void atomicOperationsOfBlocksAddUp() {
        String program = """
                red.global.add.u32 [%in], %t;
                atom.global.max.s32 %r1, [%in+4], %t;
                atom.global.inc.u32 %r2, [%in+8], 6;
                atom.global.cas.b32 %r3, [%in+12], 40, %t;
                red.global.xor.b32 [%in+16], 1;
                membar.gl;
                bar.sync 0;
                """;
        String last = """
                atom.global.add.u32 %r4, [%in+20], 1;
                setp.ne.u32 %p1, %r4, 319;
                @%p1 ret;
                membar.gl;
                ld.global.u32 %r5, [%in];
                st.global.u32 [%out], %r5;
                ld.global.v4.u32 {%r5, %r6, %r7, %r8}, [%in+16];
                ld.global.u32 %r9, [%in+4];
                ld.global.u32 %r10, [%in+8];
                ld.global.u32 %r11, [%in+12];
                st.global.u32 [%out+4], %r9;
                st.global.u32 [%out+8], %r10;
                st.global.u32 [%out+12], %r5;
                """;
        for (int threads : new int[] {1, 4}) {
            TestKernel kernel = new TestKernel(
                            program + last, SimulatorOptions.defaults().withThreads(threads))
                    .input(0, -5, 0, 41, 0, 0, 0, 0)
                    .grid(5)
                    .threads(64);
            int[] expected = {5 * 63 * 32, 63, 320 % 7, 0};
            check(kernel, 4, i -> expected[i]);
        }
    }
}
