package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;

/** Guards, branches, loops and barriers. Where lanes have taken different ways, a collective shows that they meet. */
final class ControlPrograms {
    private static final int THREADS = 96;
    private static final String LOAD = "ld.global.u32 %a, [%in];\nand.b32 %b, %a, 15;\n";
    private static final String SUM = "redux.sync.add.u32 %r20, %d, 0xffffffff;\nadd.u32 %d, %d, %r20;\n";
    private static final String STORE = "st.global.u32 [%out], %d;";

    private final List<Program> programs = new ArrayList<>();

    private ControlPrograms() {}

    static List<Program> all() {
        ControlPrograms all = new ControlPrograms();
        all.conditions();
        all.loops();
        all.ends();
        all.barriers();
        return all.programs;
    }

    /** The result is in {@code %d}; the warp adds up all results. */
    private void summed(String name, String instructions) {
        add(name, instructions + SUM);
    }

    private void add(String name, String instructions) {
        programs.add(
                new Draft(name, LOAD + instructions + STORE).threads(THREADS).withRandomInput());
    }

    private void conditions() {
        summed("guards", """
                setp.lt.u32 %p, %b, 7;
                mov.u32 %d, 5;
                @%p mul.lo.u32 %d, %a, 3;
                @!%p shr.u32 %d, %a, 5;
                @%p setp.gt.u32 %p, %b, 3;
                @!%p add.u32 %d, %d, %t;
                """);
        summed("if, else", """
                setp.lt.u32 %p, %b, 7;
                @%p bra YES;
                mul.lo.u32 %d, %a, 3;
                bra MEET;
                YES:
                xor.b32 %d, %a, 0x55;
                MEET:
                """);
        summed("nested ifs", """
                setp.lt.u32 %p, %b, 8;
                setp.lt.s32 %q, %a, 0;
                @!%p bra ELSE;
                mov.u32 %d, 1;
                @!%q bra INNER;
                mul.lo.u32 %d, %a, %b;
                setp.eq.u32 %v, %b, 3;
                @%v bra OUT;
                add.u32 %d, %d, 17;
                INNER:
                xor.b32 %d, %d, %t;
                bra OUT;
                ELSE:
                mov.u32 %d, 2;
                @%q bra OUT;
                shl.b32 %d, %a, %b;
                OUT:
                """);
        summed("cases", """
                mov.u32 %d, 0;
                setp.eq.u32 %p, %b, 1;
                @%p bra ONE;
                setp.lt.u32 %p, %b, 5;
                @%p bra FEW;
                setp.lt.u32 %p, %b, 11;
                @%p bra MANY;
                add.u32 %d, %a, 1;
                bra OUT;
                ONE:
                add.u32 %d, %d, 100;
                FEW:
                add.u32 %d, %d, %b;
                MANY:
                mad.lo.u32 %d, %d, 3, %a;
                OUT:
                """);
        add("branches that all lanes take", """
                setp.lt.u32 %p, %t, 64;
                @%p bra.uni FIRST;
                mul.lo.u32 %d, %a, 3;
                st.global.u32 [%out], %d;
                ret.uni;
                FIRST:
                not.b32 %d, %a;
                bra.uni OUT;
                OUT:
                """);
        add("collectives in nested ifs", """
                setp.lt.u32 %p, %b, 9;
                vote.sync.ballot.b32 %r4, %p, 0xffffffff;
                mov.u32 %d, 0;
                @!%p bra OUT;
                setp.lt.s32 %q, %a, 0;
                vote.sync.ballot.b32 %r5, %q, %r4;
                @!%q bra POSITIVE;
                redux.sync.max.s32 %d, %a, %r5;
                bra JOIN;
                POSITIVE:
                xor.b32 %r5, %r5, %r4;
                redux.sync.min.s32 %d, %a, %r5;
                JOIN:
                bar.warp.sync %r4;
                redux.sync.add.s32 %r6, %d, %r4;
                xor.b32 %d, %d, %r6;
                OUT:
                bar.warp.sync 0xffffffff;
                """ + SUM);
    }

    private void loops() {
        summed("a loop with a count for each lane", """
                mov.u32 %d, 0;
                mov.u32 %r4, 0;
                LOOP:
                mad.lo.u32 %d, %d, 5, %r4;
                add.u32 %r4, %r4, 1;
                setp.le.u32 %p, %r4, %b;
                @%p bra LOOP;
                """);
        summed("a loop with a break and a continue", """
                mov.u32 %d, %a;
                mov.u32 %r4, 0;
                LOOP:
                add.u32 %r4, %r4, 1;
                setp.gt.u32 %p, %r4, 40;
                @%p bra OUT;
                shr.u32 %r5, %d, 3;
                xor.b32 %d, %d, %r5;
                and.b32 %r6, %d, 3;
                setp.eq.u32 %q, %r6, 1;
                @%q bra LOOP;
                mad.lo.u32 %d, %d, 69069, 1;
                and.b32 %r6, %d, 0xf00;
                setp.ne.u32 %v, %r6, 0x300;
                @%v bra LOOP;
                OUT:
                """);
        summed("nested loops", """
                mov.u32 %d, 1;
                mov.u32 %r4, 0;
                OUTER:
                mov.u32 %r5, 0;
                INNER:
                mad.lo.u32 %d, %d, 7, %r5;
                add.u32 %r5, %r5, 1;
                setp.lt.u32 %p, %r5, %r4;
                @%p bra INNER;
                add.u32 %r4, %r4, 1;
                setp.le.u32 %q, %r4, %b;
                @%q bra OUTER;
                """);
        add("a loop that shuffles", """
                mov.u32 %d, %a;
                mov.u32 %r4, 16;
                LOOP:
                shfl.sync.bfly.b32 %r5, %d, %r4, 0x1f, 0xffffffff;
                setp.gt.u32 %p, %b, %r4;
                @%p bra ADD;
                xor.b32 %d, %d, %r5;
                bra NEXT;
                ADD:
                add.u32 %d, %d, %r5;
                NEXT:
                bar.warp.sync 0xffffffff;
                shr.u32 %r4, %r4, 1;
                setp.ne.u32 %q, %r4, 0;
                @%q bra LOOP;
                """);
    }

    private void ends() {
        String rest = """
                vote.sync.ballot.b32 %r4, %p, 0xffffffff;
                st.global.u32 [%out], %r4;
                @%p ret;
                not.b32 %r4, %r4;
                redux.sync.add.u32 %d, %a, %r4;
                """;
        add("some lanes return", "setp.lt.u32 %p, %b, 7;\n" + rest);
        add("whole warps return", "and.b32 %r5, %t, 32;\nsetp.eq.u32 %p, %r5, 0;\n" + rest);
        add("some lanes exit in a branch", """
                st.global.u32 [%out], %a;
                setp.lt.u32 %p, %b, 7;
                mul.lo.u32 %d, %a, 9;
                @!%p bra MEET;
                add.u32 %d, %a, 1;
                setp.lt.u32 %q, %b, 3;
                @!%q bra MEET;
                exit;
                MEET:
                add.u32 %d, %d, %b;
                """);
    }

    /** Each thread hands a word on to the thread that many places after it. */
    private static String hand(int distance, String barrier) {
        return """
                mov.u32 %%r8, s;
                add.u32 %%r9, %%t4, %%r8;
                st.shared.u32 [%%r9], %%a;
                %2$s;
                add.u32 %%r10, %%t, %1$d;
                rem.u32 %%r10, %%r10, 96;
                mad.lo.u32 %%r10, %%r10, 4, %%r8;
                ld.shared.u32 %%d, [%%r10];
                """.formatted(distance, barrier);
    }

    private void barriers() {
        String shared = ".shared .align 4 .b8 s[512];\n";
        for (String barrier : List.of(
                "bar.sync 0",
                "bar.sync 5, 96",
                "barrier.sync 1",
                "barrier.sync.aligned 2, 96",
                "bar.cta.sync 15",
                "barrier.cta.sync 3",
                "mov.u32 %r11, 3;\nbar.sync %r11",
                "fence.acq_rel.cta;\nbar.sync 0",
                "membar.cta;\nbar.sync 0",
                "fence.sc.gpu;\nbar.sync 0",
                "fence.acq_rel.sys;\nbar.sync 0",
                "membar.gl;\nbar.sync 0",
                "membar.sys;\nbar.sync 0")) {
            add("barrier: " + barrier.replace('\n', ' '), shared + hand(37, barrier));
        }
        add("barriers in a loop", shared + hand(1, "bar.sync 0") + """
                mov.u32 %r4, 0;
                LOOP:
                bar.sync 0;
                st.shared.u32 [%r9], %d;
                bar.sync 0;
                ld.shared.u32 %r5, [%r10];
                mad.lo.u32 %d, %d, 3, %r5;
                add.u32 %r4, %r4, 1;
                setp.lt.u32 %p, %r4, 20;
                @%p bra LOOP;
                """);
        add("two warps at a barrier of their own", shared + """
                mov.u32 %r8, s;
                add.u32 %r9, %t4, %r8;
                mov.u32 %d, %a;
                setp.ge.u32 %p, %t, 64;
                @%p bra MEET;
                st.shared.u32 [%r9], %a;
                bar.sync 1, 64;
                xor.b32 %r10, %r9, 128;
                ld.shared.u32 %d, [%r10];
                MEET:
                bar.sync 0;
                """);
        for (String arrive : List.of("bar.arrive", "barrier.arrive")) {
            String name = "producers arrive, a consumer waits" + (arrive.equals("bar.arrive") ? "" : ": " + arrive);
            add(name, shared + """
                    mov.u32 %r8, s;
                    add.u32 %r9, %t4, %r8;
                    mov.u32 %d, %a;
                    setp.ge.u32 %p, %t, 64;
                    @%p bra CONSUMER;
                    st.shared.u32 [%r9], %a;
                    """ + arrive + " 4, 96;\n" + """
                    bra MEET;
                    CONSUMER:
                    bar.sync 4, 96;
                    ld.shared.u32 %d, [%r9+-128];
                    ld.shared.u32 %r4, [%r9+-256];
                    add.u32 %d, %d, %r4;
                    MEET:
                    """);
        }
        add("lanes exchange through shared memory behind bar.warp.sync", shared + """
                mov.u32 %r8, s;
                add.u32 %r9, %t4, %r8;
                st.shared.u32 [%r9], %a;
                bar.warp.sync 0xffffffff;
                xor.b32 %r10, %t4, 20;
                add.u32 %r10, %r10, %r8;
                ld.shared.u32 %d, [%r10];
                """);
    }
}
