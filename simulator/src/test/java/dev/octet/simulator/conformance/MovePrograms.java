package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;

/** Copies between registers, addresses of other spaces, and special registers. */
final class MovePrograms {
    /** Without those that number warps as the hardware likes. */
    private static final List<String> SPECIAL = List.of(
            "tid.x",
            "tid.y",
            "tid.z",
            "ntid.x",
            "ntid.y",
            "ntid.z",
            "ctaid.x",
            "ctaid.y",
            "ctaid.z",
            "nctaid.x",
            "nctaid.y",
            "nctaid.z",
            "laneid",
            "lanemask_eq",
            "lanemask_le",
            "lanemask_lt",
            "lanemask_ge",
            "lanemask_gt",
            "dynamic_smem_size",
            "total_smem_size");

    private MovePrograms() {}

    static List<Program> all() {
        Lanes lanes = new Lanes(Pool.INTEGERS, Pool.INTEGERS, Pool.INTEGERS);
        for (String type : List.of("b16", "u16", "s16")) {
            lanes.halves("mov." + type + " %hd, %ha;");
        }
        for (String type : List.of("b32", "u32", "s32")) {
            lanes.words("mov." + type + " %d, %a;");
        }
        for (String type : List.of("b64", "u64", "s64")) {
            lanes.longs("mov." + type + " %D, %A;");
        }
        lanes.floats("mov.f32 %fd, %fa;");
        lanes.longs("mov.f64 %D, %A;");
        lanes.floats("mov.b32 %fd, %a;");
        lanes.truths("setp.lt.s32 %q, %a, %b;\nmov.pred %p, %q;");
        lanes.words("mov.b32 %d, {%ha, %hb};");
        lanes.longs("mov.b64 %D, {%b, %a};");
        lanes.longs("mov.b64 %D, {%hc, %ha, %hb, %ha};");
        lanes.words("mov.b32 {%h0, %h1}, %a;\nmov.b32 %d, {%h1, %h0};");
        lanes.words("mov.b64 {%r4, %r5}, %A;\nxor.b32 %d, %r4, %r5;");
        lanes.longs("mov.b64 {%h0, %h1, %h2, %h3}, %A;\nmov.b64 %D, {%h2, %h3, %h1, %h0};");
        List<Program> programs = new ArrayList<>(lanes.programs());
        SPECIAL.forEach(name -> programs.add(special("%" + name, 0)));
        programs.add(special("%dynamic_smem_size", 1024));
        programs.add(special("%total_smem_size", 1024));
        return programs;
    }

    /** Every thread of 3 by 2 blocks of 40 tells what a register holds. */
    private static Program special(String register, int sharedBytes) {
        String name = register + (sharedBytes > 0 ? " with " + sharedBytes + " bytes" : "");
        return new Draft(name, "mov.u32 %d, " + register + ";\nst.global.u32 [%out], %d;")
                .extents(3, 2, 40, sharedBytes)
                .withRandomInput();
    }
}
