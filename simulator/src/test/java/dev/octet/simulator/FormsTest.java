package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.octet.plan.diag.OctetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forms of instructions that PTX does not have, or not for a target, are refused when a module is loaded, and those next
 * to them are not. Where ptxas is installed it is asked too, so that no list here rests on reading alone.
 */
class FormsTest {
    private static final List<String> NO_FORMS = List.of(
            "set.lt.u32.s32 %r1, %r2, %r3, %p1;",
            "set.lt.and.u32.s32 %r1, %r2, %r3;",
            "set.lo.u32.s32 %r1, %r2, %r3;",
            "set.lt.u32.b32 %r1, %r2, %r3;",
            "setp.lt.b32 %p1, %r2, %r3;",
            "setp.hs.b32 %p1, %r2, %r3;",
            "setp.lo.s32 %p1, %r2, %r3;",
            "setp.ge.b64 %p1, %x2, %x3;",
            "setp.hi.s16 %p1, %h2, %h3;",
            "atom.global.inc.s32 %r1, [%in], %t;",
            "atom.global.dec.b32 %r1, [%in], %t;",
            "atom.global.inc.u64 %x1, [%in], %x2;",
            "atom.global.add.b32 %r1, [%in], %t;",
            "atom.global.add.s64 %x1, [%in], %x2;",
            "atom.global.and.u32 %r1, [%in], %t;",
            "atom.global.exch.u32 %r1, [%in], %t;",
            "atom.global.cas.s32 %r1, [%in], %t, %t;",
            "atom.global.min.b32 %r1, [%in], %t;",
            "atom.acq_rel.release.gpu.global.add.u32 %r1, [%in], %t;",
            "atom.cta.gpu.global.add.u32 %r1, [%in], %t;",
            "red.global.exch.b32 [%in], %t;",
            "red.global.cas.b32 [%in], %t, %t;",
            "red.acquire.gpu.global.add.u32 [%in], %t;",
            "ld.global.ca.cg.u32 %r1, [%in];",
            "ld.global.wb.u32 %r1, [%in];",
            "ld.global.nc.cv.u32 %r1, [%in];",
            "ld.global.ca.L1::evict_last.u32 %r1, [%in];",
            "ld.global.L2::64B.L2::128B.u32 %r1, [%in];",
            "ld.shared.L2::128B.u32 %r1, [s];",
            "ld.shared.L1::evict_last.u32 %r1, [s];",
            "ld.local.L2::128B.u32 %r1, [%in];",
            "ld.relaxed.global.u32 %r1, [%in];",
            "ld.acquire.global.u32 %r1, [%in];",
            "ld.relaxed.gpu.local.u32 %r1, [%in];",
            "ld.relaxed.gpu.global.ca.u32 %r1, [%in];",
            "ld.relaxed.cta.gpu.global.u32 %r1, [%in];",
            "ld.volatile.gpu.global.u32 %r1, [%in];",
            "ld.volatile.ca.global.u32 %r1, [%in];",
            "ld.volatile.local.u32 %r1, [%in];",
            "ld.release.gpu.global.u32 %r1, [%in];",
            "st.global.ca.u32 [%in], %t;",
            "st.global.lu.u32 [%in], %t;",
            "st.global.L2::128B.u32 [%in], %t;",
            "st.global.nc.u32 [%in], %t;",
            "st.acquire.gpu.global.u32 [%in], %t;",
            "st.relaxed.global.u32 [%in], %t;",
            "ldu.global.relaxed.gpu.u32 %r1, [%in];",
            "ldu.volatile.global.u32 %r1, [%in];",
            "ldu.shared.u32 %r1, [s];",
            "ldu.global.ca.u32 %r1, [%in];",
            "ldu.global.nc.u32 %r1, [%in];",
            "cp.async.ca.shared.global.L2::128B.L2::64B [s], [%in], 4;",
            "bar.aligned.sync 0;",
            "fence.sc.acq_rel.cta;",
            "exit.uni;",
            "div.rn.sat.f32 %f1, %f2, %f3;",
            "dp2a.s32.s32 %r1, %r2, %r3, %r4;",
            "dp2a.lo.hi.s32.s32 %r1, %r2, %r3, %r4;");

    private static final List<String> FORMS = List.of(
            "set.lt.u32.s32 %r1, %r2, %r3;",
            "set.lt.and.u32.s32 %r1, %r2, %r3, %p1;",
            "set.lo.u32.u32 %r1, %r2, %r3;",
            "setp.eq.b32 %p1, %r2, %r3;",
            "setp.lt.u32 %p1, %r2, %r3;",
            "setp.lt.and.u32 %p1|%p2, %r2, %r3, !%p3;",
            "atom.global.inc.u32 %r1, [%in], %t;",
            "atom.global.add.s32 %r1, [%in], %t;",
            "atom.global.add.u64 %x1, [%in], %x2;",
            "atom.relaxed.global.add.u32 %r1, [%in], %t;",
            "atom.acq_rel.gpu.shared.add.u32 %r1, [s], %t;",
            "red.release.sys.global.max.s64 [%in], %x1;",
            "ld.weak.global.ca.L2::128B.u32 %r1, [%in];",
            "ld.global.nc.L1::no_allocate.L2::256B.u32 %r1, [%in];",
            "ld.L1::evict_first.L2::64B.u32 %r1, [%in];",
            "ld.relaxed.gpu.global.L1::evict_last.u32 %r1, [%in];",
            "ld.volatile.global.L2::128B.u32 %r1, [%in];",
            "ld.shared.ca.u32 %r1, [s];",
            "st.shared.wt.u32 [s], %t;",
            "st.release.cta.shared.u32 [s], %t;",
            "st.L1::no_allocate.u32 [%in], %t;",
            "ldu.global.v2.u32 {%r1, %r2}, [%in];",
            "ldu.u32 %r1, [%in];",
            "cp.async.ca.shared.global.L2::128B [s], [%in], 4;",
            "bar.cta.sync 0;",
            "barrier.cta.arrive.aligned 0, 64;",
            "fence.cta;",
            "ret.uni;",
            "dp2a.hi.u32.s32 %r1, %r2, %r3, %r4;");

    private static final String PRODUCT =
            "wgmma.mma_async.sync.aligned.m64n8k32.s32.u8.s8 {%r1, %r2, %r3, %r4}, %x1, %x2";

    private static final List<String> NO_FORMS_OF_HOPPER = List.of(
            PRODUCT + ";",
            PRODUCT + ", %p1, 1, 1;",
            PRODUCT.replace("m64n8k32", "m64n40k32") + ", %p1;",
            PRODUCT.replace("m64n8k32", "m64n8k16") + ", %p1;",
            PRODUCT.replace(".s8 ", ".s4 ") + ", %p1;",
            PRODUCT.replace("{%r1, %r2, %r3, %r4}", "{%r1, %r2}") + ", %p1;",
            "wgmma.wait_group.sync.aligned %r1;",
            "wgmma.wait_group.aligned 0;",
            "wgmma.fence.sync.aligned 0;",
            "fence.proxy.async.shared;",
            "fence.proxy.async.cta;",
            "griddepcontrol.wait.sync;",
            "griddepcontrol.arrive;");

    private static final List<String> FORMS_OF_HOPPER = List.of(
            PRODUCT + ", %p1;",
            PRODUCT + ", !%p1;",
            PRODUCT + ", 0;",
            PRODUCT.replace("u8.s8", "s8.u8") + ", 1;",
            PRODUCT.replace("u8.s8", "u8.u8.satfinite") + ", 1;",
            PRODUCT.replace("m64n8k32", "m64n24k32").replace("%r4}", "%r4, %r5, %r6, %r7, %r8, %r9, %r10, %r11, %r12}")
                    + ", %p1;",
            "wgmma.wait_group.sync.aligned 7;",
            "fence.proxy.async;",
            "fence.proxy.async.global;",
            "bar.sync 1, 128;");

    /** A form, and the first target that has it. */
    private record Since(String target, String form) {}

    private static final List<Since> SINCE = List.of(
            new Since("sm_61", "dp4a.s32.s32 %r1, %r2, %r3, %r4;"),
            new Since("sm_61", "dp2a.lo.s32.s32 %r1, %r2, %r3, %r4;"),
            new Since("sm_61", "shfl.sync.idx.b32 %r1, %t, 0, 31, 0xffffffff;"),
            new Since("sm_61", "vote.sync.any.pred %p2, %p1, 0xffffffff;"),
            new Since("sm_61", "bar.warp.sync 0xffffffff;"),
            new Since("sm_61", "activemask.b32 %r1;"),
            new Since("sm_61", "barrier.sync 0;"),
            new Since("sm_61", "ld.volatile.global.u32 %r1, [%in];"),
            new Since("sm_61", "atom.gpu.global.add.u32 %r1, [%in], %t;"),
            new Since("sm_70", "match.any.sync.b32 %r1, %t, 0xffffffff;"),
            new Since("sm_70", "fence.acq_rel.gpu;"),
            new Since("sm_70", "ld.relaxed.gpu.global.u32 %r1, [%in];"),
            new Since("sm_70", "ld.weak.global.u32 %r1, [%in];"),
            new Since("sm_70", "ld.global.L1::evict_last.u32 %r1, [%in];"),
            new Since("sm_70", "st.release.gpu.global.u32 [%in], %t;"),
            new Since("sm_70", "atom.acquire.gpu.global.add.u32 %r1, [%in], %t;"),
            new Since("sm_72", "cvt.pack.sat.s16.s32 %r1, %r2, %r3;"),
            new Since("sm_75", "ld.global.L2::64B.u32 %r1, [%in];"),
            new Since("sm_75", "ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%r1}, [s];"),
            new Since(
                    "sm_75", "mma.sync.aligned.m8n8k16.row.col.s32.s8.s8.s32 {%r1, %r2}, {%r5}, {%r9}, {%r11, %r12};"),
            new Since(
                    "sm_80",
                    "mma.sync.aligned.m16n8k16.row.col.s32.s8.s8.s32 {%r1, %r2, %r3, %r4}, {%r5, %r6}, {%r9},"
                            + " {%r11, %r12, %r13, %r14};"),
            new Since(
                    "sm_80",
                    "mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%r1, %r2, %r3, %r4}, {%r5, %r6, %r7, %r8},"
                            + " {%r9, %r10}, {%r11, %r12, %r13, %r14};"),
            new Since("sm_80", "cp.async.ca.shared.global [s], [%in], 4;"),
            new Since("sm_80", "cp.async.commit_group;"),
            new Since("sm_80", "cp.async.wait_group 0;"),
            new Since("sm_80", "redux.sync.add.s32 %r1, %t, 0xffffffff;"),
            new Since("sm_80", "max.NaN.f32 %f1, %f2, %f3;"),
            new Since("sm_90", "ld.relaxed.cluster.global.u32 %r1, [%in];"),
            new Since("sm_90", "fence.proxy.async.shared::cta;"),
            new Since("sm_90", "griddepcontrol.wait;"),
            new Since("sm_90", "griddepcontrol.launch_dependents;"),
            new Since("sm_90a", PRODUCT + ", %p1;"),
            new Since("sm_90a", "wgmma.fence.sync.aligned;"),
            new Since("sm_90a", "wgmma.commit_group.sync.aligned;"),
            new Since("sm_90a", "wgmma.wait_group.sync.aligned 0;"));

    private static final List<String> TARGETS = List.of("sm_61", "sm_70", "sm_72", "sm_75", "sm_80", "sm_90", "sm_90a");

    private static AssembledForms assembled;

    /** A form for a target that has it or does not. */
    record Form(String text, String target, boolean exists) {
        /** A module with the form. */
        TestKernel kernel() {
            return new TestKernel(text).target(target);
        }
    }

    @BeforeAll
    static void askPtxas(@TempDir Path folder) throws IOException {
        assembled = AssembledForms.of(folder, everyForm().distinct().toList());
    }

    private static Stream<Form> everyForm() {
        return Stream.of(
                        forms(NO_FORMS, "sm_80", false),
                        forms(FORMS, "sm_80", true),
                        forms(NO_FORMS_OF_HOPPER, "sm_90a", false),
                        forms(FORMS_OF_HOPPER, "sm_90a", true),
                        formsSinceATarget())
                .flatMap(forms -> forms);
    }

    private static Stream<Form> forms(List<String> texts, String target, boolean exist) {
        return texts.stream().map(text -> new Form(text, target, exist));
    }

    private static Stream<Form> formsSinceATarget() {
        return SINCE.stream()
                .flatMap(since -> TARGETS.stream()
                        .map(target -> new Form(since.form(), target, target.compareTo(since.target()) >= 0)));
    }

    @TestFactory
    Stream<DynamicTest> whatPtxDoesNotHave() {
        return tests(forms(NO_FORMS, "sm_80", false));
    }

    @TestFactory
    Stream<DynamicTest> whatPtxHas() {
        return tests(forms(FORMS, "sm_80", true));
    }

    @TestFactory
    Stream<DynamicTest> whatPtxDoesNotHaveForHopper() {
        return tests(forms(NO_FORMS_OF_HOPPER, "sm_90a", false));
    }

    @TestFactory
    Stream<DynamicTest> whatPtxHasForHopper() {
        return tests(forms(FORMS_OF_HOPPER, "sm_90a", true));
    }

    @TestFactory
    Stream<DynamicTest> sinceATarget() {
        return tests(formsSinceATarget());
    }

    private static Stream<DynamicTest> tests(Stream<Form> forms) {
        return forms.map(form -> dynamicTest(form.text() + " for " + form.target(), () -> check(form)));
    }

    private static void check(Form form) {
        try (TestKernel kernel = form.kernel()) {
            if (form.exists()) {
                assertThatCode(() -> SimulatedModule.load(kernel.ptx())).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> SimulatedModule.load(kernel.ptx()))
                        .isInstanceOfSatisfying(
                                OctetException.class,
                                e -> assertThat(e.code())
                                        .isIn(SimulatorCode.UNKNOWN, SimulatorCode.OPERAND, SimulatorCode.TARGET))
                        .hasMessageContaining("ine " + kernel.line(form.text()) + " of the PTX");
            }
        }
        assembled.check(form);
    }
}
