package dev.octet.simulator.conformance;

import dev.octet.simulator.WarpgroupText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asynchronous products of matrices of bytes by warpgroups, and the wait for earlier kernels. */
final class WarpgroupPrograms {
    /** Up to so many columns every result is stored; of more, sums of those of each thread. */
    private static final int MOST_STORED = 32;

    private static final int SUMS = 4;
    private static final String ASYNC_FENCE = "fence.proxy.async.shared::cta;\n";

    private WarpgroupPrograms() {}

    static List<Program> all() {
        List<Program> programs = new ArrayList<>();
        for (String types : List.of("s8.s8", "s8.u8", "u8.s8", "u8.u8")) {
            programs.add(product(new WarpgroupText(16, types, false, 1)));
            programs.add(product(new WarpgroupText(24, types, true, 4)));
        }
        for (int columns = 8; columns <= 256; columns += columns < 32 ? 8 : 16) {
            programs.add(product(new WarpgroupText(columns, "u8.s8", columns % 32 == 0, 3)));
        }
        for (int columns : new int[] {32, 64, 128}) {
            programs.add(product(new WarpgroupText(columns, "s8.s8", columns == 64, 4)));
            programs.add(product(new WarpgroupText(columns, "s8.u8", columns == 64, 4)));
        }
        programs.add(plain(new WarpgroupText(112, "s8.u8", true, 4), 161, 10));
        programs.add(plain(new WarpgroupText(112, "s8.s8", false, 3), 1, 8));
        programs.add(plain(new WarpgroupText(32, "s8.u8", true, 2), 0, 10));
        programs.add(plain(new WarpgroupText(64, "s8.s8", true, 4), 8, 29));
        programs.add(saturation());
        programs.add(groups());
        programs.add(stages());
        programs.add(earlierKernels());
        return programs;
    }

    private static Program product(WarpgroupText text) {
        String name = "wgmma of %d columns, %s, %d steps, filled by %s"
                .formatted(text.columns(), text.types(), text.steps(), text.asynchronous() ? "cp.async" : "st.shared");
        String fenced = text.text();
        if (text.columns() % 64 == 0) {
            fenced = fenced.replace(ASYNC_FENCE, "fence.proxy.async;\n");
        }
        return program(name, text, fenced);
    }

    /** The second operand without a swizzle: pieces to the second one of a row, and to the next 8 rows, which may overlap. */
    private static Program plain(WarpgroupText text, int leading, int stride) {
        String name = "wgmma of %d columns, %s, %d steps, pieces %d and %d apart"
                .formatted(text.columns(), text.types(), text.steps(), leading, stride);
        return program(name, text, text.plainText(leading, stride));
    }

    /** Addends at the ends of the range, so that the sums of every second warp stop there. */
    private static Program saturation() {
        WarpgroupText text = new WarpgroupText(8, "s8.s8.satfinite", false, 2);
        String start = """
                and.b32 %r10, %t, 32;
                shl.b32 %r10, %r10, 25;
                add.u32 %acc0, %r10, 0x3fffffe0;
                neg.s32 %acc1, %acc0;
                mov.u32 %acc2, %acc1;
                mov.u32 %acc3, %acc0;
                """;
        String adding =
                text.text().replace("wgmma.fence", start + "wgmma.fence").replace("%adds, 0, 0", "%adds, 1, 0");
        return program("wgmma with satfinite", text, adding);
    }

    /** Two groups, the first of which is waited for before the second is complete. */
    private static Program groups() {
        WarpgroupText text = new WarpgroupText(16, "u8.s8", true, 4);
        String between =
                "wgmma.commit_group.sync.aligned;\nwgmma.wait_group.sync.aligned 1;\nfence.proxy.async.global;\n";
        String two = text.text().replace("setp.ne.u32 %adds, 2, 0;", between + "setp.ne.u32 %adds, 2, 0;");
        return program("wgmma in two groups", text, two);
    }

    /** Shared memory that is filled again behind the wait and a barrier of the 128 threads; the sums go on. */
    private static Program stages() {
        WarpgroupText text = new WarpgroupText(32, "u8.s8", true, 4);
        String next = text.fill()
                        .lines()
                        .filter(line -> !line.startsWith("."))
                        .collect(Collectors.joining("\n", "", "\n"))
                        .replace("FILL", "NEXT")
                        .replace("%in;", "%in;\nxor.b64 %x0, %x0, 16;")
                + ASYNC_FENCE + "bar.sync 1, 128;\n"
                + text.multiply().replace("%adds, 0, 0", "%adds, 1, 0");
        return program(
                "wgmma of two stages",
                text,
                text.text().replace(text.store(), "bar.sync 1, 128;\n" + next + text.store()));
    }

    private static Program program(String name, WarpgroupText text, String instructions) {
        boolean all = text.columns() <= MOST_STORED;
        String stored = all ? instructions : instructions.replace(text.store(), sums(text.columns() / 2));
        int input = text.inputBytes() / WarpgroupText.THREADS;
        return new Draft(name, stored.replace("%in", "%base").replace("%out", "%all"))
                .forSm90a()
                .rows(input, all ? text.outputBytes() : SUMS * 4)
                .threads(WarpgroupText.THREADS)
                .withRandomInput();
    }

    /** Each result times a power of an odd number, so that none can change without the sums, and stored. */
    private static String sums(int registers) {
        String zeros = IntStream.range(0, SUMS)
                .mapToObj(i -> "mov.u32 %r" + (10 + i) + ", 0;\n")
                .collect(Collectors.joining());
        String adds = IntStream.range(0, registers)
                .mapToObj(i ->
                        "mad.lo.u32 %r" + (10 + i % SUMS) + ", %r" + (10 + i % SUMS) + ", 16777619, %acc" + i + ";\n")
                .collect(Collectors.joining());
        return zeros + adds + "mad.wide.u32 %x3, %t, 16, %out;\nst.global.v4.u32 [%x3], {%r10, %r11, %r12, %r13};\n";
    }

    private static Program earlierKernels() {
        String text = """
                griddepcontrol.wait;
                griddepcontrol.launch_dependents;
                ld.global.u32 %r4, [%in];
                add.u32 %r4, %r4, %t;
                st.global.u32 [%out], %r4;
                """;
        return new Draft("griddepcontrol", text).forSm90a().withRandomInput();
    }
}
