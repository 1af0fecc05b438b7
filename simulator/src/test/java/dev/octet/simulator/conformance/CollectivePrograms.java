package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Shuffles, votes, matches and reductions: of whole warps, and of the two parts of a warp that a branch has divided, each
 * with the mask of its lanes.
 */
final class CollectivePrograms {
    private static final int THREADS = 96;
    private static final String ALL = "0xffffffff";
    private static final String PART = "0x2c81f30e";

    private static final String LOADS = """
            ld.global.u64 %A, [%in];
            ld.global.u64 %B, [%in+8];
            ld.global.u64 %C, [%in+16];
            cvt.u32.u64 %a, %A;
            cvt.u32.u64 %b, %B;
            cvt.u32.u64 %c, %C;
            setp.lt.s32 %q, %a, %b;
            mov.u32 %d, 0;
            """;

    private final List<Program> programs = new ArrayList<>();

    private CollectivePrograms() {}

    static List<Program> all() {
        CollectivePrograms all = new CollectivePrograms();
        all.shuffles();
        all.votes();
        all.matches();
        all.reductions();
        return all.programs;
    }

    private void shuffles() {
        for (String mode : List.of("up", "down", "bfly", "idx")) {
            int limit = mode.equals("up") ? 0 : 0x1f;
            for (int segment : List.of(0, 0x10, 0x18, 0x1c, 0x1e, 0x0a)) {
                String clamp = Integer.toString(segment << 8 | limit);
                whole("shfl.sync." + mode + ".b32 %d|%p, %a, %b, " + clamp + ", " + ALL + ";", Pool.AMOUNTS);
            }
            whole("shfl.sync." + mode + ".b32 %d|%p, %a, %b, %c, " + ALL + ";", Pool.AMOUNTS);
            whole("shfl.sync." + mode + ".b32 %d|%p, %a, 3, 0x0809, " + ALL + ";", Pool.AMOUNTS);
            whole("shfl.sync." + mode + ".b32 %d, %a, 1, 0x1f, " + ALL + ";\nsetp.eq.u32 %p, %d, 0;", Pool.AMOUNTS);
        }
        // Of the parts, lanes may only ask lanes of their own: 1 and 2 belong to one, 0 and 4 to the other.
        String lane = "setp.eq.u32 %p1, %r11, " + PART + ";\nselp.u32 %r12, 2, 4, %p1;\n";
        parts(lane + "shfl.sync.idx.b32 %d|%p, %a, %r12, 0x1f, %r11;", Pool.INTEGERS);
    }

    private void votes() {
        for (String source : List.of("%q", "!%q")) {
            both("vote.sync.ballot.b32 %d, " + source + ", MASK;\nsetp.ne.u32 %p, %d, 0;", Pool.INTEGERS);
            for (String mode : List.of("any", "all", "uni")) {
                both("vote.sync." + mode + ".pred %p, " + source + ", MASK;", Pool.INTEGERS);
            }
        }
        for (String mode : List.of("any", "all", "uni")) {
            both("setp.lt.u32 %v, %t, 64;\nvote.sync." + mode + ".pred %p, %v, MASK;", Pool.INTEGERS);
        }
    }

    private void matches() {
        String third = "shr.u32 %r13, %t, 6;\ncvt.u64.u32 %x0, %r13;\n";
        both("match.any.sync.b32 %d, %a, MASK;\nsetp.eq.u32 %p, %d, 1;", Pool.FEW);
        both("match.any.sync.b64 %d, %A, MASK;\nsetp.eq.u32 %p, %d, 1;", Pool.FEW);
        both("match.all.sync.b32 %d|%p, %a, MASK;", Pool.FEW);
        both("match.all.sync.b64 %d|%p, %A, MASK;", Pool.FEW);
        both(third + "match.all.sync.b32 %d|%p, %r13, MASK;", Pool.FEW);
        both(third + "match.all.sync.b64 %d|%p, %x0, MASK;", Pool.FEW);
        both(third + "match.all.sync.b32 %d, %r13, MASK;\nsetp.eq.u32 %p, %d, 1;", Pool.FEW);
    }

    private void reductions() {
        for (String operation : List.of("add", "min", "max")) {
            both("redux.sync." + operation + ".s32 %d, %a, MASK;\nsetp.eq.u32 %p, %d, 1;", Pool.INTEGERS);
            both("redux.sync." + operation + ".u32 %d, %a, MASK;\nsetp.eq.u32 %p, %d, 1;", Pool.INTEGERS);
        }
        for (String operation : List.of("and", "or", "xor")) {
            String masked = "or.b32 %r14, %a, 0x0ff0;\n";
            both(masked + "redux.sync." + operation + ".b32 %d, %r14, MASK;\nsetp.eq.u32 %p, %d, 1;", Pool.INTEGERS);
        }
        both("activemask.b32 %d;\nsetp.eq.u32 %p, %d, MASK;", Pool.INTEGERS);
    }

    private void both(String instructions, Pool pool) {
        whole(instructions.replace("MASK", ALL), pool);
        parts(instructions.replace("MASK", "%r11"), pool);
    }

    private void whole(String instructions, Pool pool) {
        add(instructions.replace('\n', ' '), instructions, pool);
    }

    /** The instructions by both parts of a warp, the mask of each in {@code %r11}; then the warp meets and votes. */
    private void parts(String instructions, Pool pool) {
        String divided = """
                mov.u32 %%r10, %%laneid;
                mov.u32 %%r11, %1$s;
                shr.u32 %%r10, %%r11, %%r10;
                and.b32 %%r10, %%r10, 1;
                setp.ne.u32 %%p2, %%r10, 0;
                @%%p2 bra THERE;
                not.b32 %%r11, %%r11;
                %2$s
                add.u32 %%d, %%d, 1;
                bra MEET;
                THERE:
                %2$s
                MEET:
                bar.warp.sync 0xffffffff;
                vote.sync.ballot.b32 %%r15, %%p, 0xffffffff;
                xor.b32 %%d, %%d, %%r15;
                """.formatted(PART, instructions);
        add("in parts: " + instructions.replace('\n', ' '), divided, pool);
    }

    private void add(String name, String instructions, Pool pool) {
        String stores = "\nselp.u32 %r0, 1, 0, %p;\nst.global.v2.u32 [%out], {%d, %r0};";
        Random random = new Random(name.hashCode());
        long[] a = pool == Pool.FEW ? pool.values(THREADS, random) : Pool.INTEGERS.values(THREADS, random);
        long[] b = pool.values(THREADS, random);
        long[] c = pool.values(THREADS, random);
        int[] words = new int[6 * THREADS];
        for (int i = 0; i < THREADS; i++) {
            long[] row = {a[i], b[i], c[i]};
            for (int j = 0; j < 6; j++) {
                words[6 * i + j] = (int) (row[j / 2] >>> 32 * (j % 2));
            }
        }
        programs.add(new Draft(name, LOADS + instructions + stores)
                .rows(24, 8)
                .threads(THREADS)
                .with(words));
    }
}
