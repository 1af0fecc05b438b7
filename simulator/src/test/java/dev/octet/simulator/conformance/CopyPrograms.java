package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Asynchronous copies to shared memory: whole, in part, and in groups that are waited for in turn. */
final class CopyPrograms {
    private static final int THREADS = 64;

    private final List<Program> programs = new ArrayList<>();

    private CopyPrograms() {}

    static List<Program> all() {
        CopyPrograms all = new CopyPrograms();
        for (String form :
                List.of("ca.shared.global 4", "ca.shared.global 8", "ca.shared.global 16", "cg.shared.global 16")) {
            String[] parts = form.split(" ");
            all.copy(parts[0], Integer.parseInt(parts[1]), false);
            all.copy(parts[0], Integer.parseInt(parts[1]), true);
        }
        for (String hint : List.of("L2::64B", "L2::128B", "L2::256B")) {
            all.copy("cg.shared.global." + hint, 16, true);
        }
        all.copy("ca.shared::cta.global", 4, true);
        all.groups();
        return all.programs;
    }

    /** Each thread copies to the place of another, which reads it. */
    private void copy(String form, int bytes, boolean inPart) {
        String name = "cp.async." + form + " of " + bytes + (inPart ? " in part" : "");
        StringBuilder text = new StringBuilder("""
                .shared .align 16 .b8 s[%1$d];
                mov.u32 %%r8, s;
                xor.b32 %%r4, %%t, 45;
                mad.lo.u32 %%r9, %%r4, 16, %%r8;
                mad.lo.u32 %%r10, %%t, 16, %%r8;
                ld.global.u32 %%r5, [%%in+16];
                cp.async.%2$s [%%r9], [%%in], %3$d%4$s;
                cp.async.wait_all;
                bar.sync 0;
                """.formatted(16 * THREADS, form, bytes, inPart ? ", %r5" : ""));
        for (int i = 0; i < bytes; i += 4) {
            text.append("ld.shared.u32 %r6, [%r10+" + i + "];\nst.global.u32 [%out+" + i + "], %r6;\n");
        }
        Random random = new Random(name.hashCode());
        int[] words = random.ints(8L * THREADS).toArray();
        for (int i = 0; i < THREADS; i++) {
            words[8 * i + 4] = i % (bytes + 1);
        }
        programs.add(new Draft(name, text.toString())
                .rows(32, bytes)
                .threads(THREADS)
                .with(words));
    }

    private void groups() {
        StringBuilder text =
                new StringBuilder(".shared .align 16 .b8 s[4096];\nmov.u32 %r8, s;\nmad.lo.u32 %r9, %t, 16, %r8;\n");
        for (int i = 0; i < 4; i++) {
            text.append("cp.async.ca.shared.global [%r9+" + 1024 * i + "], [%in+" + 16 * i + "], 16;\n");
            text.append("cp.async.commit_group;\n");
        }
        for (int i = 0; i < 4; i++) {
            text.append("cp.async.wait_group " + (3 - i) + ";\n");
            text.append("ld.shared.v4.u32 {%r4, %r5, %r6, %r7}, [%r9+" + 1024 * i + "];\n");
            text.append("xor.b32 %r4, %r4, %r6;\nadd.u32 %r5, %r5, %r7;\n");
            text.append("st.global.v2.u32 [%out+" + 8 * i + "], {%r4, %r5};\n");
        }
        programs.add(new Draft("cp.async.wait_group in turn", text.toString())
                .rows(64, 32)
                .threads(THREADS)
                .withRandomInput());
    }
}
