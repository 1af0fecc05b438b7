package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Products of matrices by tensor cores, and loads of matrices. */
final class MatrixPrograms {
    private static final int THREADS = 64;
    private static final List<String> TYPES = List.of("s8", "u8");

    private MatrixPrograms() {}

    static List<Program> all() {
        List<Program> programs = new ArrayList<>();
        for (String a : TYPES) {
            for (String b : TYPES) {
                for (String saturation : List.of("", ".satfinite")) {
                    String types = saturation + ".s32." + a + "." + b + ".s32";
                    programs.add(product("m8n8k16.row.col" + types, 1, 1, 2));
                    programs.add(product("m16n8k16.row.col" + types, 2, 1, 4));
                    programs.add(product("m16n8k32.row.col" + types, 4, 2, 4));
                }
            }
        }
        for (int count : List.of(1, 2, 4)) {
            for (String mode : List.of("", ".trans")) {
                programs.add(load("x" + count + mode, count, "shared"));
                programs.add(load("x" + count + mode, count, "shared::cta"));
            }
        }
        programs.add(accumulation());
        return programs;
    }

    private static String registers(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> "%r" + i).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String words(String instruction, String address, int from, int count, boolean loads) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String memory = "[" + address + "+" + 4 * i + "]";
                    String register = "%r" + (from + i);
                    return instruction + " " + (loads ? register + ", " + memory : memory + ", " + register) + ";\n";
                })
                .collect(Collectors.joining());
    }

    /** The first warp has addends at the limits, so that sums wrap around or saturate; the second has small ones. */
    private static Program product(String form, int wordsA, int wordsB, int wordsC) {
        String name = "mma.sync.aligned." + form;
        int count = wordsA + wordsB + wordsC;
        Random random = new Random(name.hashCode());
        int[] words = random.ints((long) count * THREADS).toArray();
        for (int i = 0; i < words.length; i++) {
            if (i % count >= wordsA + wordsB) {
                int distance = random.nextInt(1 << 8 + random.nextInt(14));
                boolean atLimit = i / count < 32 && random.nextInt(4) > 0;
                words[i] = atLimit
                        ? random.nextBoolean() ? Integer.MAX_VALUE - distance : Integer.MIN_VALUE + distance
                        : distance - 500_000;
            }
        }
        String text = words("ld.global.u32", "%in", 4, count, true) + name + " " + registers(24, wordsC) + ", "
                + registers(4, wordsA) + ", " + registers(4 + wordsA, wordsB) + ", "
                + registers(4 + wordsA + wordsB, wordsC) + ";\n" + words("st.global.u32", "%out", 24, wordsC, false);
        return new Draft(name, text)
                .rows(4 * count, 4 * wordsC)
                .threads(THREADS)
                .with(words);
    }

    /** Products that run into each other, in place, as kernels' main loops do. */
    private static Program accumulation() {
        String text = words("ld.global.u32", "%in", 4, 10, true) + """
                mov.u32 %r2, 0;
                LOOP:
                mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%r10, %r11, %r12, %r13}, {%r4, %r5, %r6, %r7}, {%r8, %r9}, {%r10, %r11, %r12, %r13};
                xor.b32 %r4, %r4, %r13;
                add.u32 %r9, %r9, %r10;
                add.u32 %r2, %r2, 1;
                setp.lt.u32 %p, %r2, 20;
                @%p bra LOOP;
                """ + words("st.global.u32", "%out", 10, 4, false);
        return new Draft("mma in a loop, accumulating in place", text)
                .rows(40, 16)
                .threads(THREADS)
                .withRandomInput();
    }

    /** Every warp stores 32 rows of 16 bytes and loads them in an order of its own, given by the input. */
    private static Program load(String form, int count, String space) {
        String name = "ldmatrix.sync.aligned.m8n8." + form + "." + space + ".b16";
        String text = """
                ld.global.u32 %%r4, [%%in];
                ld.global.u32 %%r5, [%%in+4];
                ld.global.u32 %%r6, [%%in+8];
                ld.global.u32 %%r7, [%%in+12];
                ld.global.u32 %%r8, [%%in+16];
                shl.b32 %%r9, %%t, 4;
                mov.u32 %%r10, s;
                add.u32 %%r9, %%r9, %%r10;
                st.shared.v4.u32 [%%r9], {%%r4, %%r5, %%r6, %%r7};
                bar.sync 0;
                shl.b32 %%r8, %%r8, 4;
                add.u32 %%r8, %%r8, %%r10;
                %s %s, [%%r8];
                """.formatted(name, registers(24, count)) + words("st.global.u32", "%out", 24, count, false);
        Random random = new Random(name.hashCode());
        int[] words = random.ints(5L * THREADS).toArray();
        for (int i = 0; i < THREADS; i++) {
            words[5 * i + 4] = (i * 29 + 11) % THREADS;
        }
        return new Draft(name, ".shared .align 16 .b8 s[" + 16 * THREADS + "];\n" + text)
                .rows(20, 4 * count)
                .threads(THREADS)
                .with(words);
    }
}
