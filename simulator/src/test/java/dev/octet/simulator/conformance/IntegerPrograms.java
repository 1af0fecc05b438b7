package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;

/** Sums, products, quotients and extremes of integers, and dot products. */
final class IntegerPrograms {
    private static final List<String> SIGNED = List.of("s16", "s32", "s64");
    private static final List<String> ALL = List.of("s16", "u16", "s32", "u32", "s64", "u64");

    private IntegerPrograms() {}

    static List<Program> all() {
        Lanes lanes = new Lanes(Pool.INTEGERS, Pool.INTEGERS, Pool.INTEGERS);
        for (String type : ALL) {
            for (String operation : List.of("add", "sub", "min", "max", "mul.lo", "mul.hi")) {
                write(lanes, operation, type, 2);
            }
            write(lanes, "mad.lo", type, 3);
        }
        for (String type : SIGNED) {
            write(lanes, "abs", type, 1);
            write(lanes, "neg", type, 1);
        }
        for (String type : List.of("s32", "u32")) {
            write(lanes, "sad", type, 3);
            write(lanes, "mad.hi", type, 3);
            lanes.longs("mul.wide." + type + " %D, %a, %b;");
            lanes.longs("mad.wide." + type + " %D, %a, %b, %C;");
            lanes.words("mul.wide." + type.charAt(0) + "16 %d, %ha, %hb;");
            lanes.words("mad.wide." + type.charAt(0) + "16 %d, %ha, %hb, %c;");
        }
        write(lanes, "add.sat", "s32", 2);
        write(lanes, "sub.sat", "s32", 2);
        lanes.words("add.s32 %d, %a, -5;");
        lanes.words("mad.lo.s32 %d, %a, 0x7fffffff, %b;");
        lanes.longs("mul.wide.s32 %D, %a, -7;");
        List<Program> programs = new ArrayList<>(lanes.programs());
        programs.addAll(quotients());
        programs.addAll(dotProducts());
        return programs;
    }

    private static List<Program> quotients() {
        Lanes lanes = new Lanes(Pool.INTEGERS, Pool.DIVISORS, Pool.INTEGERS);
        for (String type : ALL) {
            write(lanes, "div", type, 2);
            write(lanes, "rem", type, 2);
        }
        lanes.words("div.s32 %d, %a, 7;");
        lanes.words("rem.u32 %d, %a, 1000;");
        return lanes.programs();
    }

    /** The instruction with registers of the type's width. */
    static void write(Lanes lanes, String operation, String type, int operands) {
        String instruction = operation + "." + type;
        switch (type.substring(1)) {
            case "16" -> lanes.halves(instruction + registers(" %hd", "%ha", "%hb", "%hc", operands));
            case "32" -> lanes.words(instruction + registers(" %d", "%a", "%b", "%c", operands));
            default -> lanes.longs(instruction + registers(" %D", "%A", "%B", "%C", operands));
        }
    }

    private static String registers(String d, String a, String b, String c, int operands) {
        return String.join(", ", List.of(d, a, b, c).subList(0, operands + 1)) + ";";
    }

    private static List<Program> dotProducts() {
        List<Program> programs = new ArrayList<>();
        for (String a : List.of("s32", "u32")) {
            for (String b : List.of("s32", "u32")) {
                for (String operation : List.of("dp4a.", "dp2a.lo.", "dp2a.hi.")) {
                    programs.add(dotProduct(operation + a + "." + b + " %d, %a, %b, %c;"));
                }
            }
        }
        return programs;
    }

    private static Program dotProduct(String instruction) {
        String loads = "ld.global.u32 %a, [%in];\nld.global.u32 %b, [%in+4];\nld.global.u32 %c, [%in+8];\n";
        return new Draft(instruction, loads + instruction + "\nst.global.u32 [%out], %d;")
                .forSm61()
                .rows(12, 4)
                .threads(256)
                .withRandomInput();
    }
}
