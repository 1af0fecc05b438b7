package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Atomic operations: of each thread on a word of its own, where old and new values show, and of all threads on one word,
 * where the sum or extreme shows.
 */
final class AtomicPrograms {
    private static final int THREADS = 64;
    private static final Map<String, List<String>> OPERATIONS = new TreeMap<>(Map.of(
            "b32", List.of("and", "or", "xor", "exch", "cas"),
            "b64", List.of("and", "or", "xor", "exch", "cas"),
            "u32", List.of("add", "min", "max", "inc", "dec"),
            "s32", List.of("add", "min", "max"),
            "u64", List.of("add", "min", "max"),
            "s64", List.of("min", "max")));

    private final List<Program> programs = new ArrayList<>();

    private AtomicPrograms() {}

    static List<Program> all() {
        AtomicPrograms all = new AtomicPrograms();
        OPERATIONS.forEach((type, operations) -> {
            for (String operation : operations) {
                for (String space : List.of("global.", "shared.", "")) {
                    all.each("atom." + space + operation + "." + type, space, type);
                }
                if (!List.of("exch", "cas").contains(operation)) {
                    for (String space : List.of("global.", "shared.")) {
                        all.together("red." + space + operation + "." + type, space, type);
                    }
                }
            }
        });
        for (String order : List.of("relaxed.gpu", "acquire.gpu", "release.sys", "acq_rel.cta", "relaxed.cta")) {
            all.each("atom." + order + ".global.add.u32", "global.", "u32");
        }
        for (String order : List.of("relaxed.gpu", "release.sys", "relaxed.cta")) {
            all.together("red." + order + ".global.add.u32", "global.", "u32");
        }
        all.each("atom.shared::cta.max.s32", "shared::cta.", "s32");
        all.together("red.shared::cta.max.s32", "shared::cta.", "s32");
        return all.programs;
    }

    private static String register(String type) {
        return type.endsWith("64") ? "%x" : "%r1";
    }

    /** Old value, and what stands in memory then, which lies in the output or in shared memory. */
    private void each(String form, String space, String type) {
        String r = register(type);
        int bytes = type.endsWith("64") ? 8 : 4;
        boolean swaps = form.contains(".cas");
        String place = space.startsWith("shared")
                ? "mov.u64 %x5, s;\nmul.wide.u32 %x6, %t, " + bytes + ";\nadd.u64 %x5, %x5, %x6;\n"
                : "mov.u64 %x5, %out;\n";
        String memory = space.isEmpty() ? "global." : space;
        String text = place
                + "ld.global." + type + " " + r + "0, [%in];\n"
                + "ld.global." + type + " " + r + "1, [%in+" + bytes + "];\n"
                + "ld.global." + type + " " + r + "2, [%in+" + 2 * bytes + "];\n"
                + "st." + memory + type + " [%x5], " + r + "0;\n"
                + form + " " + r + "3, [%x5], " + r + "1" + (swaps ? ", " + r + "2" : "") + ";\n"
                + "ld." + memory + type + " " + r + "4, [%x5];\n"
                + "st.global." + type + " [%out], " + r + "4;\n"
                + "st.global." + type + " [%out+" + bytes + "], " + r + "3;\n";
        programs.add(new Draft(form, ".shared .align 16 .b8 s[" + bytes * THREADS + "];\n" + text)
                .rows(3 * bytes, 2 * bytes)
                .threads(THREADS)
                .with(operands(form, bytes)));
    }

    /** Every third pair is equal, so that some swaps succeed. */
    private static int[] operands(String name, int bytes) {
        Random random = new Random(name.hashCode());
        long[] old = Pool.INTEGERS.values(THREADS, random);
        long[] operand = Pool.INTEGERS.values(THREADS, random);
        int words = bytes / 4;
        int[] result = new int[3 * words * THREADS];
        for (int i = 0; i < THREADS; i++) {
            long[] row = {old[i], i % 3 == 0 ? old[i] : operand[i], random.nextLong()};
            for (int j = 0; j < 3 * words; j++) {
                result[3 * words * i + j] = (int) (row[j / words] >>> 32 * (j % words));
            }
        }
        return result;
    }

    /** The first row of the output, or shared memory, collects; then all threads tell what they see. */
    private void together(String form, String space, String type) {
        String r = register(type);
        int bytes = type.endsWith("64") ? 8 : 4;
        String text = (space.equals("global.") ? "mov.u64 %x5, %all;\n" : "mov.u64 %x5, s;\n")
                + "ld.global." + type + " " + r + "0, [%in];\n"
                + "setp.eq.u32 %p, %t, 0;\n"
                + "@%p st." + space + type + " [%x5], " + r + "0;\n"
                + "bar.sync 0;\n"
                + "@!%p " + form + " [%x5], " + r + "0;\n"
                + "bar.sync 0;\n"
                + "ld." + space + type + " " + r + "1, [%x5];\n"
                + "bar.sync 0;\n"
                + "xor.b" + 8 * bytes + " " + r + "2, " + r + "1, " + r + "0;\n"
                + "st.global." + type + " [%out], " + r + "2;\n";
        // The order of increments up to a limit shows only if the limits differ.
        boolean counts = form.contains(".inc") || form.contains(".dec");
        int[] words =
                new Random(form.hashCode()).ints((long) THREADS * bytes / 4).toArray();
        if (counts) {
            Arrays.fill(words, 23);
        }
        programs.add(new Draft(form, ".shared .align 16 .b8 s[16];\n" + text)
                .rows(bytes, bytes)
                .threads(THREADS)
                .with(words));
    }
}
