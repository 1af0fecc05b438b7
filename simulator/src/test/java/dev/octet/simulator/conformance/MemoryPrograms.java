package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Loads and stores of all types, vectors, spaces and modifiers. */
final class MemoryPrograms {
    private static final List<String> TYPES =
            List.of("b8", "u8", "s8", "b16", "u16", "s16", "b32", "u32", "s32", "f32", "b64", "u64", "s64");

    /** Threads load what another has stored. */
    private static final String EXCHANGE = """
            bar.sync 0;
            xor.b32 %r4, %t, 37;
            """;

    private final List<Program> programs = new ArrayList<>();

    private MemoryPrograms() {}

    static List<Program> all() {
        MemoryPrograms all = new MemoryPrograms();
        for (String type : TYPES) {
            int bytes = Integer.parseInt(type.substring(1)) / 8;
            for (int count = 1; count <= 4 && count * bytes <= 16; count *= 2) {
                all.load("ld.global", type, count, bytes);
                all.store("st.global", type, count, bytes);
            }
            all.load("ld.global.nc", type, 1, bytes);
            all.shared(type, bytes);
        }
        all.load("ld.global", "f64", 1, 8);
        all.store("st.global", "f64", 1, 8);
        all.load("ld.global.nc", "u32", 2, 4);
        for (String type : List.of("u32", "s32", "f32")) {
            all.load("ld.global.nc", type, 4, 4);
        }
        all.uniformLoads();
        all.modifiers();
        all.spaces();
        return all.programs;
    }

    private static String vector(int count) {
        return count == 1 ? "" : ".v" + count;
    }

    private static String registers(String prefix, int count) {
        String all = IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(", "));
        return count == 1 ? all : "{" + all + "}";
    }

    /** Loads into registers of 32 or 64 bits and stores those whole. */
    private void load(String instruction, String type, int count, int bytes) {
        String prefix = bytes == 8 ? "%x" : "%r";
        String form = instruction + vector(count) + "." + type;
        StringBuilder text = new StringBuilder(form + " " + registers(prefix, count) + ", [%in];\n");
        int width = Math.max(4, bytes);
        for (int i = 0; i < count; i++) {
            text.append("st.global.b" + 8 * width + " [%out+" + i * width + "], " + prefix + i + ";\n");
        }
        programs.add(new Draft(form, text.toString())
                .rows(count * bytes, count * width)
                .withRandomInput());
    }

    /** Stores the low parts of registers of 32 or 64 bits. */
    private void store(String instruction, String type, int count, int bytes) {
        String prefix = bytes == 8 ? "%x" : "%r";
        int width = Math.max(4, bytes);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("ld.global.b" + 8 * width + " " + prefix + i + ", [%in+" + i * width + "];\n");
        }
        String form = instruction + vector(count) + "." + type;
        text.append(form + " [%out], " + registers(prefix, count) + ";\n");
        programs.add(new Draft(form, text.toString())
                .rows(count * width, count * bytes)
                .withRandomInput());
    }

    /** Through shared memory, and back as another thread's value. */
    private void shared(String type, int bytes) {
        String value = bytes == 8 ? "%x0" : "%r0";
        int width = Math.max(4, bytes);
        String text =
                """
                mov.u32 %%r8, s;
                mad.lo.u32 %%r9, %%t, %1$d, %%r8;
                ld.global.b%3$d %4$s, [%%in];
                st.shared.%2$s [%%r9], %4$s;
                """.formatted(bytes, type, 8 * width, value) + EXCHANGE + """
                mad.lo.u32 %%r9, %%r4, %1$d, %%r8;
                ld.shared.%2$s %4$s, [%%r9];
                st.global.b%3$d [%%out], %4$s;
                """.formatted(bytes, type, 8 * width, value);
        programs.add(new Draft("st.shared, ld.shared of " + type, ".shared .align 16 .b8 s[1024];\n" + text)
                .rows(width, width)
                .withRandomInput());
    }

    /** All threads read the same; every type by its own program. */
    private void uniformLoads() {
        for (String type :
                List.of("b8", "u8", "s8", "b16", "u16", "s16", "b32", "s32", "f32", "b64", "u64", "s64", "f64")) {
            boolean wide = type.endsWith("64");
            String register = wide ? "%x0" : "%r0";
            String form = "ldu.global." + type;
            programs.add(new Draft(
                            form,
                            form + " " + register + ", [%base+8];\nst.global.b" + (wide ? 64 : 32) + " [%out], "
                                    + register + ";")
                    .rows(4, wide ? 8 : 4)
                    .withRandomInput());
        }
        for (int count = 2; count <= 4; count *= 2) {
            String form = "ldu.global.v" + count + ".u32";
            String all = registers("%r", count);
            programs.add(new Draft(
                            form, form + " " + all + ", [%base+16];\nst.global.v" + count + ".u32 [%out], " + all + ";")
                    .rows(4, 4 * count)
                    .withRandomInput());
        }
    }

    private void modifiers() {
        for (String modifier :
                List.of("ca", "cg", "cs", "lu", "cv", "volatile", "relaxed.gpu", "acquire.gpu", "weak")) {
            String form = cached("ld", modifier);
            copy(form, form + ".u32 %r0, [%in];\nst.global.u32 [%out], %r0;");
        }
        for (String modifier : List.of("wb", "cg", "cs", "wt", "volatile", "relaxed.sys", "release.gpu", "weak")) {
            String form = cached("st", modifier);
            copy(form, "ld.global.u32 %r0, [%in];\n" + form + ".u32 [%out], %r0;");
        }
        for (String hint : List.of("L1::evict_last", "L1::no_allocate", "L2::128B")) {
            copy(hint, "ld.global." + hint + ".u32 %r0, [%in];\nst.global.u32 [%out], %r0;");
        }
        for (String hint :
                List.of("L1::evict_first", "L1::evict_normal", "L1::evict_unchanged", "L2::64B", "L2::256B")) {
            copy("ld." + hint, "ld.global." + hint + ".u32 %r0, [%in];\nst.global.u32 [%out], %r0;");
        }
        for (String hint : List.of(
                "L1::evict_first", "L1::evict_last", "L1::evict_normal", "L1::evict_unchanged", "L1::no_allocate")) {
            copy("st." + hint, "ld.global.u32 %r0, [%in];\nst.global." + hint + ".u32 [%out], %r0;");
        }
        for (String scope : List.of("relaxed.cta", "relaxed.sys", "relaxed.cluster")) {
            String text = "ld." + scope + ".global.u32 %r0, [%in];\nst." + scope + ".global.u32 [%out], %r0;";
            Draft draft = new Draft("access: " + scope, text);
            programs.add((scope.endsWith("cluster") ? draft.forSm90() : draft).withRandomInput());
        }
        copy("ldu.global", "ldu.global.u32 %r0, [%base+4];\nst.global.u32 [%out], %r0;");
        copy("[register-offset]", "add.u64 %x0, %in, 400;\nld.global.u32 %r0, [%x0+-400];\nst.global.u32 [%out], %r0;");
    }

    /** Ordering stands before the space, hints for caches behind it. */
    private static String cached(String opcode, String modifier) {
        boolean ordering = modifier.length() > 2;
        return ordering ? opcode + "." + modifier + ".global" : opcode + ".global." + modifier;
    }

    private void copy(String name, String text) {
        programs.add(new Draft("access: " + name, text).withRandomInput());
    }

    private void spaces() {
        String constants = ".const .align 4 .u32 table[8] = {5, 0xffffffff, 7, 11, 13, 17, 19};";
        String element = "and.b32 %r1, %t, 7;\nshl.b32 %r1, %r1, 2;\n";
        programs.add(new Draft(
                        "ld.const",
                        element + "cvt.u64.u32 %x0, %r1;\nmov.u64 %x1, table;\nadd.u64 %x0, %x0, %x1;\n"
                                + "ld.const.u32 %r0, [%x0];\nld.const.u32 %r2, [table+4];\nadd.u32 %r0, %r0, %r2;\n"
                                + "st.global.u32 [%out], %r0;")
                .declaring(constants)
                .withRandomInput());
        programs.add(new Draft("ld.local", """
                .local .align 8 .b8 own[32];
                mov.u64 %x0, own;
                ld.global.u32 %r4, [%in];
                and.b32 %r5, %r4, 7;
                mul.wide.u32 %x1, %r5, 4;
                add.u64 %x2, %x0, %x1;
                mov.u32 %r6, 100;
                mov.u32 %r7, 200;
                st.local.v2.u32 [own], {%r6, %r7};
                st.local.v2.u32 [own+8], {%r7, %t};
                st.local.v2.u32 [own+16], {%r6, %r4};
                st.local.v2.u32 [own+24], {%r4, %r7};
                st.local.u32 [%x2], %r4;
                xor.b32 %r5, %r5, 3;
                mul.wide.u32 %x1, %r5, 4;
                add.u64 %x2, %x0, %x1;
                ld.local.u32 %r8, [%x2];
                ld.local.u8 %r9, [own+17];
                cvta.local.u64 %x3, %x2;
                ld.s16 %r10, [%x3];
                add.u32 %r8, %r8, %r9;
                xor.b32 %r8, %r8, %r10;
                st.global.u32 [%out], %r8;
                """).withRandomInput());
        programs.add(new Draft("generic addresses", """
                .shared .align 8 .b8 s[256];
                ld.u32 %r0, [%in];
                mov.u64 %x0, s;
                cvta.shared.u64 %x1, %x0;
                mul.wide.u32 %x2, %t, 4;
                add.u64 %x3, %x1, %x2;
                st.u32 [%x3], %r0;
                bar.sync 0;
                cvta.to.shared.u64 %x4, %x3;
                xor.b64 %x4, %x4, 4;
                ld.shared.u32 %r1, [%x4];
                cvta.to.global.u64 %x5, %out;
                st.global.u32 [%x5], %r1;
                """).withRandomInput());
        programs.add(new Draft("a pointer in two words of a parameter", """
                ld.param.u32 %r4, [arguments];
                ld.param.u32 %r5, [arguments+4];
                mov.b64 %x0, {%r4, %r5};
                add.u64 %x0, %x0, 8;
                ld.global.u32 %r6, [%x0];
                st.global.u32 [%out], %r6;
                """).withRandomInput());
        vectorsInSharedMemory("shared", "u32", 2);
        vectorsInSharedMemory("shared", "f32", 4);
        vectorsInSharedMemory("shared::cta", "s32", 2);
        programs.add(new Draft("dynamic shared memory", """
                ld.global.u32 %r0, [%in];
                mov.u32 %r8, d;
                add.u32 %r9, %r8, %t4;
                st.shared.u32 [%r9], %r0;
                bar.sync 0;
                xor.b32 %r4, %t4, 252;
                add.u32 %r9, %r8, %r4;
                ld.shared.u32 %r1, [%r9];
                st.global.u32 [%out], %r1;
                """)
                .declaring(".extern .shared .align 16 .b8 d[];")
                .extents(2, 2, 64, 256)
                .withRandomInput());
    }

    private void vectorsInSharedMemory(String space, String type, int count) {
        String form = space + vector(count) + "." + type;
        String values = registers("%r1", count);
        String text = """
                mov.u32 %%r8, s;
                mad.lo.u32 %%r9, %%t, %1$d, %%r8;
                ld.global.v%2$d.u32 %3$s, [%%in];
                st.%4$s [%%r9], %3$s;
                """.formatted(4 * count, count, values, form)
                + EXCHANGE
                + """
                mad.lo.u32 %%r9, %%r4, %1$d, %%r8;
                ld.%4$s %3$s, [%%r9];
                st.global.v%2$d.u32 [%%out], %3$s;
                """.formatted(4 * count, count, values, form);
        programs.add(new Draft("st, ld of " + form, ".shared .align 16 .b8 s[1024];\n" + text)
                .rows(4 * count, 4 * count)
                .withRandomInput());
    }
}
