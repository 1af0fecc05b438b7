package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Logic, shifts, permutations, counts and bit fields. */
final class BitPrograms {
    /** Truth tables: constants, single operands, and mixtures that tell the operands' order. */
    private static final int[] TABLES = {
        0x00, 0x01, 0x17, 0x1b, 0x27, 0x35, 0x3c, 0x4d, 0x69, 0x80, 0x96, 0xac, 0xca, 0xd8, 0xe2, 0xe8, 0xf0, 0xfe, 0xff
    };

    private BitPrograms() {}

    static List<Program> all() {
        List<Program> programs = new ArrayList<>(logic());
        programs.addAll(shifts());
        programs.addAll(fields());
        return programs;
    }

    private static List<Program> logic() {
        Lanes lanes = new Lanes(Pool.INTEGERS, Pool.INTEGERS, Pool.INTEGERS);
        String conditions = "setp.lt.s32 %q, %a, %b;\nsetp.gt.u32 %v, %b, %c;\n";
        for (String operation : List.of("and", "or", "xor")) {
            List.of("b16", "b32", "b64").forEach(type -> IntegerPrograms.write(lanes, operation, type, 2));
            lanes.truths(conditions + operation + ".pred %p, %q, %v;");
        }
        for (String operation : List.of("not", "cnot")) {
            List.of("b16", "b32", "b64").forEach(type -> IntegerPrograms.write(lanes, operation, type, 1));
        }
        lanes.truths(conditions + "not.pred %p, %q;");
        for (int table : TABLES) {
            lanes.words(String.format(Locale.ROOT, "lop3.b32 %%d, %%a, %%b, %%c, 0x%02x;", table));
        }
        for (String operation : List.of("popc", "clz", "bfind.u", "bfind.s", "bfind.shiftamt.u", "bfind.shiftamt.s")) {
            String prefix = operation.contains("bfind") ? operation : operation + ".b";
            lanes.words(prefix + "32 %d, %a;");
            lanes.words(prefix + "64 %d, %A;");
        }
        lanes.words("brev.b32 %d, %a;");
        lanes.longs("brev.b64 %D, %A;");
        return lanes.programs();
    }

    private static List<Program> shifts() {
        Lanes lanes = new Lanes(Pool.INTEGERS, Pool.AMOUNTS, Pool.AMOUNTS);
        for (String type : List.of("b16", "u16", "s16", "b32", "u32", "s32", "b64", "u64", "s64")) {
            String registers = switch (type.substring(1)) {
                case "16" -> " %hd, %ha, %b;";
                case "32" -> " %d, %a, %b;";
                default -> " %D, %A, %b;";
            };
            shift(lanes, "shr." + type + registers);
            if (type.startsWith("b")) {
                shift(lanes, "shl." + type + registers);
            }
        }
        for (String mode : List.of("l.wrap", "l.clamp", "r.wrap", "r.clamp")) {
            lanes.words("mov.b64 {%r4, %r5}, %A;\nshf." + mode + ".b32 %d, %r4, %r5, %b;");
        }
        lanes.words("shl.b32 %d, %a, 31;");
        lanes.words("shr.s32 %d, %a, 40;");
        return lanes.programs();
    }

    private static void shift(Lanes lanes, String instruction) {
        if (instruction.contains("%hd")) {
            lanes.halves(instruction);
        } else if (instruction.contains("%D")) {
            lanes.longs(instruction);
        } else {
            lanes.words(instruction);
        }
    }

    private static List<Program> fields() {
        Lanes lanes = new Lanes(Pool.INTEGERS, Pool.AMOUNTS, Pool.AMOUNTS);
        for (String sign : List.of("u", "s")) {
            lanes.words("bfe." + sign + "32 %d, %a, %b, %c;");
            lanes.longs("bfe." + sign + "64 %D, %A, %b, %c;");
            lanes.words("bfe." + sign + "32 %d, %a, 4, 8;");
        }
        lanes.words("mov.b64 {%r4, %r5}, %A;\nbfi.b32 %d, %r4, %r5, %b, %c;");
        lanes.longs("shl.b64 %x1, %A, 7;\nnot.b64 %x0, %x1;\nbfi.b64 %D, %A, %x0, %b, %c;");
        List<Program> programs = new ArrayList<>(lanes.programs());
        programs.addAll(permutations());
        return programs;
    }

    private static List<Program> permutations() {
        Lanes lanes = new Lanes(Pool.INTEGERS, Pool.INTEGERS, Pool.INTEGERS);
        for (String mode : List.of("", ".f4e", ".b4e", ".rc8", ".ecl", ".ecr", ".rc16")) {
            lanes.words("prmt.b32" + mode + " %d, %a, %b, %c;");
        }
        for (String selector : List.of("0x3210", "0x7654", "0x5140", "0xc480", "0xba98", "0xffff")) {
            lanes.words("prmt.b32 %d, %a, %b, " + selector + ";");
        }
        return lanes.programs();
    }
}
