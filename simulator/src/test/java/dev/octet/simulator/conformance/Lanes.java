package dev.octet.simulator.conformance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes programs in which each thread computes one result from up to three operands of its own, which stand in
 * {@code %A %B %C}, and their low parts in the narrower registers. The result is what {@code %D}, {@code %d},
 * {@code %fd} or {@code %hd} holds, or whether {@code %p} is true.
 */
final class Lanes {
    private static final int THREADS = 64;
    private static final int BLOCKS = 2;

    /** Of each width, the number whose quotient by -1 does not fit. */
    private static final long[] SMALLEST = {1L << 15, 1L << 31, 1L << 63};

    private static final String OPERANDS = """
            ld.global.u64 %A, [%in];
            ld.global.u64 %B, [%in+8];
            ld.global.u64 %C, [%in+16];
            cvt.u32.u64 %a, %A;
            cvt.u32.u64 %b, %B;
            cvt.u32.u64 %c, %C;
            mov.b32 %fa, %a;
            mov.b32 %fb, %b;
            mov.b32 %fc, %c;
            cvt.u16.u32 %ha, %a;
            cvt.u16.u32 %hb, %b;
            cvt.u16.u32 %hc, %c;
            """;

    private final List<Program> programs = new ArrayList<>();
    private final Pool a;
    private final Pool b;
    private final Pool c;

    /** Programs with operands of these kinds. */
    Lanes(Pool a, Pool b, Pool c) {
        this.a = a;
        this.b = b;
        this.c = c;
    }

    /** A program whose result is in {@code %D}. */
    void longs(String instructions) {
        add(instructions, "st.global.u64 [%out], %D;", 8);
    }

    /** A program whose result is in {@code %d}. */
    void words(String instructions) {
        add(instructions, "st.global.u32 [%out], %d;", 4);
    }

    /** A program whose result is in {@code %fd}. */
    void floats(String instructions) {
        add(instructions, "st.global.f32 [%out], %fd;", 4);
    }

    /** A program whose result is in {@code %hd}. */
    void halves(String instructions) {
        add(instructions, "st.global.u16 [%out], %hd;", 2);
    }

    /** A program whose result is in {@code %p}. */
    void truths(String instructions) {
        add(instructions, "selp.u16 %h0, 1, 0, %p;\nst.global.u8 [%out], %h0;", 1);
    }

    /** A program whose results are in {@code %p} and {@code %q}. */
    void pairsOfTruths(String instructions) {
        add(
                instructions,
                "selp.u32 %r0, 1, 0, %p;\nselp.u32 %r1, 2, %r0, %q;\nor.b32 %r0, %r0, %r1;\nst.global.u8 [%out], %r0;",
                1);
    }

    private void add(String instructions, String store, int bytes) {
        String name = instructions.replace('\n', ' ');
        programs.add(new Draft(name, OPERANDS + instructions + "\n" + store)
                .rows(24, bytes)
                .extents(BLOCKS, 1, THREADS, 0)
                .with(input(name)));
    }

    private byte[] input(String name) {
        Random random = new Random(name.hashCode());
        int count = BLOCKS * THREADS;
        long[] left = a.values(count, random);
        long[] middle = b.values(count, random);
        long[] right = c.values(count, random);
        ByteBuffer input = ByteBuffer.allocate(24 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            long third = right[i];
            if (c == Pool.FLOATS && i % 4 == 0) {
                third = cancelling(left[i], middle[i]);
            }
            if (b == Pool.DIVISORS && i < SMALLEST.length) {
                left[i] = SMALLEST[i];
                middle[i] = -1;
            }
            input.putLong(left[i]).putLong(middle[i]).putLong(third);
        }
        return input.array();
    }

    /** What leaves only the rounding error of a product. */
    private static long cancelling(long a, long b) {
        float left = Float.intBitsToFloat((int) a);
        float right = Float.intBitsToFloat((int) b);
        float product = left * right;
        if (Float.isNaN(product)) {
            return 0x7fc0_0000L ^ (Float.isNaN(left) ? payload(a) : Float.isNaN(right) ? payload(b) : 0);
        }
        return Float.floatToRawIntBits(-product) & 0xffff_ffffL;
    }

    /** What sets a NaN apart. Which one Java's own product keeps depends on processor and compiler, programs must not. */
    private static long payload(long nan) {
        return (nan ^ 0x8000_0000L) & 0x803f_ffffL;
    }

    /** What has been written. */
    List<Program> programs() {
        return programs;
    }
}
