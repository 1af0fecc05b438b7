package dev.octet.simulator.conformance;

import java.util.ArrayList;
import java.util.List;

/** Arithmetic of single precision, rounded to nearest even. */
final class FloatPrograms {
    private static final List<String> MODES = List.of("", ".ftz", ".sat", ".ftz.sat");

    private FloatPrograms() {}

    static List<Program> all() {
        Lanes lanes = new Lanes(Pool.FLOATS, Pool.FLOATS, Pool.FLOATS);
        for (String mode : MODES) {
            for (String operation : List.of("add", "sub", "mul")) {
                lanes.floats(operation + mode + ".f32 %fd, %fa, %fb;");
                lanes.floats(operation + ".rn" + mode + ".f32 %fd, %fa, %fb;");
            }
            lanes.floats("fma.rn" + mode + ".f32 %fd, %fa, %fb, %fc;");
            lanes.floats("mad.rn" + mode + ".f32 %fd, %fa, %fb, %fc;");
        }
        for (String mode : List.of("", ".ftz")) {
            lanes.floats("div.rn" + mode + ".f32 %fd, %fa, %fb;");
            for (String operation : List.of("rcp.rn", "sqrt.rn", "abs", "neg")) {
                lanes.floats(operation + mode + ".f32 %fd, %fa;");
            }
            for (String operation : List.of("min", "max")) {
                lanes.floats(operation + mode + ".f32 %fd, %fa, %fb;");
                lanes.floats(operation + mode + ".NaN.f32 %fd, %fa, %fb;");
            }
        }
        lanes.floats("add.rn.f32 %fd, %fa, 0f3F800000;");
        lanes.floats("fma.rn.f32 %fd, %fa, 0f3DCCCCCD, 0fBF000000;");
        List<Program> programs = new ArrayList<>(lanes.programs());
        programs.addAll(nearOne());
        return programs;
    }

    /** Quotients and roots of moderate numbers, where every bit of the result is rounded. */
    private static List<Program> nearOne() {
        Lanes lanes = new Lanes(Pool.HALVES, Pool.HALVES, Pool.HALVES);
        lanes.floats("div.rn.f32 %fd, %fb, %fa;");
        lanes.floats("rcp.rn.f32 %fd, %fb;");
        lanes.floats("sqrt.rn.f32 %fd, %fb;");
        lanes.floats("fma.rn.f32 %fd, %fb, %fa, %fc;");
        return lanes.programs();
    }
}
