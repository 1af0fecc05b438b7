package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;

/** Comparisons and choices. */
final class ComparisonPrograms {
    private static final List<String> ORDERS = List.of("eq", "ne", "lt", "le", "gt", "ge");
    private static final List<String> UNSIGNED = List.of("lo", "ls", "hi", "hs");
    private static final List<String> TYPES = List.of("b16", "u16", "s16", "b32", "u32", "s32", "b64", "u64", "s64");

    private ComparisonPrograms() {}

    static List<Program> all() {
        List<Program> programs = new ArrayList<>(integers());
        programs.addAll(floats());
        return programs;
    }

    private static List<Program> integers() {
        Lanes lanes = new Lanes(Pool.INTEGERS, Pool.INTEGERS, Pool.INTEGERS);
        String third = "setp.gt.s32 %v, %c, %b;\n";
        for (String type : TYPES) {
            for (String test : tests(type)) {
                lanes.truths("setp." + test + "." + type + " %p, " + pair(type) + ";");
            }
            lanes.words("set.ne.u32." + type + " %d, " + pair(type) + ";");
            select(lanes, third, type);
        }
        for (String combination : List.of("and", "or", "xor")) {
            lanes.pairsOfTruths(third + "setp.lt." + combination + ".s32 %p|%q, %a, %b, %v;");
            lanes.pairsOfTruths(third + "setp.hi." + combination + ".u32 %p|%q, %a, %b, !%v;");
            lanes.words(third + "set.le." + combination + ".s32.s32 %d, %a, %b, %v;");
            lanes.floats(third + "set.lo." + combination + ".f32.u32 %fd, %a, %b, !%v;");
        }
        for (String test : List.of("eq", "lt", "gt")) {
            lanes.words("set." + test + ".u32.s32 %d, %a, %b;");
        }
        for (String test : List.of("hi", "hs", "ls")) {
            lanes.words("set." + test + ".u32.u32 %d, %a, %b;");
        }
        lanes.pairsOfTruths("setp.eq.s32 %p|%q, %a, %b;");
        lanes.truths("setp.lt.s32 %p, %a, -1;");
        lanes.truths("setp.lt.u32 %p, %a, 0x80000000;");
        return lanes.programs();
    }

    private static List<String> tests(String type) {
        List<String> tests = new ArrayList<>(type.startsWith("b") ? ORDERS.subList(0, 2) : ORDERS);
        if (type.startsWith("u")) {
            tests.addAll(UNSIGNED);
        }
        return tests;
    }

    private static String pair(String type) {
        return switch (type.substring(1)) {
            case "16" -> "%ha, %hb";
            case "32" -> "%a, %b";
            default -> "%A, %B";
        };
    }

    private static void select(Lanes lanes, String condition, String type) {
        String instruction = condition + "selp." + type;
        switch (type.substring(1)) {
            case "16" -> lanes.halves(instruction + " %hd, %ha, %hb, %v;");
            case "32" -> lanes.words(instruction + " %d, %a, %b, %v;");
            default -> lanes.longs(instruction + " %D, %A, %B, %v;");
        }
    }

    private static List<Program> floats() {
        Lanes lanes = new Lanes(Pool.FLOATS, Pool.FLOATS, Pool.FLOATS);
        List<String> tests = new ArrayList<>(ORDERS);
        ORDERS.forEach(order -> tests.add(order + "u"));
        tests.addAll(List.of("num", "nan"));
        for (String test : tests) {
            for (String mode : List.of("", ".ftz")) {
                lanes.truths("setp." + test + mode + ".f32 %p, %fa, %fb;");
            }
            lanes.pairsOfTruths("setp.nan.f32 %v, %fc, %fc;\nsetp." + test + ".or.f32 %p|%q, %fa, %fb, %v;");
        }
        for (String test : List.of("ltu", "equ", "neu", "leu", "gtu", "geu", "num", "nan")) {
            lanes.words("set." + test + ".u32.f32 %d, %fa, %fb;");
        }
        lanes.floats("set.ge.ftz.f32.f32 %fd, %fa, %fb;");
        lanes.floats("setp.lt.f32 %v, %fc, 0f00000000;\nselp.f32 %fd, %fa, %fb, %v;");
        return lanes.programs();
    }
}
