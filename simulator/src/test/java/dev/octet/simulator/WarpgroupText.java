package dev.octet.simulator;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Instructions of a warpgroup that multiplies 64 by 128 bytes of A with columns of 128 bytes, filled from {@code %in} with
 * rows of A and columns of B one after the other, and stores what each thread has at {@code %out}. Registers {@code %t},
 * {@code %r0} ... and {@code %x0} ... are declared outside, those of the product here.
 *
 * @param columns columns of B
 * @param types of A and B, such as {@code u8.s8}
 * @param asynchronous whether cp.async fills, not st.shared
 * @param steps products of 32 bytes of each row, up to 4
 */
public record WarpgroupText(int columns, String types, boolean asynchronous, int steps) {
    /** Threads of a warpgroup. */
    public static final int THREADS = 128;

    private static final int ROWS = 64;
    private static final int PIECES = 8;
    private static final String DESCRIPTOR = "0x4000004000010000";
    /** Where B is, behind A. */
    private static final String B = "add.u64 %x2, %x1, 512;\n";

    /** Bytes of the input. */
    public int inputBytes() {
        return (ROWS + columns) * 128;
    }

    /** Bytes of the output of each thread. */
    public int outputBytes() {
        return columns / 2 * 4;
    }

    /** All instructions. */
    public String text() {
        return fill() + "fence.proxy.async.shared::cta;\nbar.sync 0;\n" + multiply() + store();
    }

    /** All instructions, for which B has no swizzle: pieces to the second one of a column, and to the next 8 columns. */
    public String plainText(int leading, int stride) {
        String plain = "cvt.u64.u32 %%x2, %%r4;\nadd.u64 %%x2, %%x2, 512;\nor.b64 %%x2, %%x2, 0x%x;\n"
                .formatted((long) stride << 32 | (long) leading << 16);
        return text().replace(B, plain);
    }

    /** From the declarations to the last write. */
    public String fill() {
        String copy = asynchronous
                ? "cp.async.cg.shared.global [%r3], [%x0], 16;\n"
                : "ld.global.v4.u32 {%r6, %r7, %r8, %r9}, [%x0];\nst.shared.v4.u32 [%r3], {%r6, %r7, %r8, %r9};\n";
        return """
                .shared .align 1024 .b8 m[%d];
                .reg .b32 %%acc<%d>;
                .reg .pred %%adds;
                mov.u32 %%r0, m;
                mov.u32 %%r1, %%t;
                FILL:
                shr.u32 %%r2, %%r1, 3;
                and.b32 %%r3, %%r1, 7;
                and.b32 %%r4, %%r2, 7;
                xor.b32 %%r3, %%r3, %%r4;
                shl.b32 %%r3, %%r3, 4;
                shl.b32 %%r5, %%r2, 7;
                add.u32 %%r3, %%r3, %%r5;
                add.u32 %%r3, %%r3, %%r0;
                mul.wide.u32 %%x0, %%r1, 16;
                add.u64 %%x0, %%x0, %%in;
                """.formatted(inputBytes(), columns / 2)
                + copy
                + """
                add.u32 %%r1, %%r1, 128;
                setp.lt.u32 %%adds, %%r1, %d;
                @%%adds bra FILL;
                """.formatted((ROWS + columns) * PIECES)
                + (asynchronous ? "cp.async.commit_group;\ncp.async.wait_group 0;\n" : "");
    }

    /** Products of one group, the first one without addends. */
    public String multiply() {
        StringBuilder text = new StringBuilder("shr.u32 %r4, %r0, 4;\ncvt.u64.u32 %x1, %r4;\nor.b64 %x1, %x1, "
                + DESCRIPTOR + ";\n" + B + "wgmma.fence.sync.aligned;\n");
        for (int step = 0; step < steps; step++) {
            text.append("setp.ne.u32 %adds, ").append(step).append(", 0;\n").append(product());
            text.append("add.u64 %x1, %x1, 2;\nadd.u64 %x2, %x2, 2;\n");
        }
        return text + "wgmma.commit_group.sync.aligned;\nwgmma.wait_group.sync.aligned 0;\n";
    }

    /** One product. */
    public String product() {
        return "wgmma.mma_async.sync.aligned.m64n" + columns + "k32.s32." + types + " " + registers()
                + ", %x1, %x2, %adds;\n";
    }

    private String registers() {
        return IntStream.range(0, columns / 2).mapToObj(i -> "%acc" + i).collect(Collectors.joining(", ", "{", "}"));
    }

    /** What each thread has got, one register after the other. */
    public String store() {
        String address = "mad.wide.u32 %x3, %t, " + outputBytes() + ", %out;\n";
        return IntStream.range(0, columns / 2)
                .mapToObj(i -> "st.global.u32 [%x3+" + 4 * i + "], %acc" + i + ";\n")
                .collect(Collectors.joining("", address, ""));
    }
}
