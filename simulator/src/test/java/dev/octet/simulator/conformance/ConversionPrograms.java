package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;

/** Conversions between all types, with all roundings and saturations. */
final class ConversionPrograms {
    private static final List<String> INTEGERS = List.of("u8", "s8", "u16", "s16", "u32", "s32", "u64", "s64");
    private static final List<String> ROUNDINGS = List.of("rni", "rzi", "rmi", "rpi");

    private ConversionPrograms() {}

    static List<Program> all() {
        List<Program> programs = new ArrayList<>(fromFloats());
        Lanes lanes = new Lanes(Pool.INTEGERS, Pool.INTEGERS, Pool.INTEGERS);
        for (String from : INTEGERS) {
            lanes.floats("cvt.rn.f32." + from + " %fd, " + source(from) + ";");
            for (String to : INTEGERS) {
                convert(lanes, "cvt." + to + "." + from, to, source(from));
                if (saturates(from, to)) {
                    convert(lanes, "cvt.sat." + to + "." + from, to, source(from));
                }
            }
        }
        lanes.halves("cvt.u8.u32 %hd, %a;");
        lanes.halves("cvt.s8.s32 %hd, %a;");
        for (String half : List.of("s16", "u16")) {
            lanes.words("cvt.pack.sat." + half + ".s32 %d, %a, %b;");
        }
        for (String part : List.of("s8", "u8")) {
            lanes.words("cvt.pack.sat." + part + ".s32.b32 %d, %a, %b, %c;");
        }
        programs.addAll(lanes.programs());
        return programs;
    }

    private static List<Program> fromFloats() {
        Lanes lanes = new Lanes(Pool.HALVES, Pool.HALVES, Pool.HALVES);
        for (String rounding : ROUNDINGS) {
            for (String to : INTEGERS) {
                convert(lanes, "cvt." + rounding + "." + to + ".f32", to, "%fa");
                convert(lanes, "cvt." + rounding + ".sat." + to + ".f32", to, "%fa");
            }
            convert(lanes, "cvt." + rounding + ".ftz.s32.f32", "s32", "%fa");
            convert(lanes, "cvt." + rounding + ".ftz.u64.f32", "u64", "%fa");
            for (String mode : List.of("", ".ftz", ".sat", ".ftz.sat")) {
                lanes.floats("cvt." + rounding + mode + ".f32.f32 %fd, %fa;");
            }
        }
        for (String mode : List.of(".ftz", ".sat", ".ftz.sat")) {
            lanes.floats("cvt" + mode + ".f32.f32 %fd, %fa;");
        }
        return lanes.programs();
    }

    /** PTX wants {@code .sat} only where a value may lie outside of the result's type. */
    private static boolean saturates(String from, String to) {
        int bits = Integer.parseInt(from.substring(1));
        int bitsOfResult = Integer.parseInt(to.substring(1));
        boolean sameSign = from.charAt(0) == to.charAt(0);
        boolean contained = sameSign ? bits <= bitsOfResult : from.startsWith("u") && bits < bitsOfResult;
        return !from.equals("u64") && !to.equals("u64") && !contained;
    }

    private static String source(String type) {
        return switch (type.substring(1)) {
            case "16" -> "%ha";
            case "64" -> "%A";
            default -> "%a";
        };
    }

    /** Into a register of at least 32 bits, so that what lies above a narrow result shows too. */
    private static void convert(Lanes lanes, String instruction, String to, String source) {
        if (to.endsWith("64")) {
            lanes.longs(instruction + " %D, " + source + ";");
        } else {
            lanes.words(instruction + " %d, " + source + ";");
        }
    }
}
