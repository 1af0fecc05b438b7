package dev.octet.benchmarks;

import java.util.function.Predicate;

/** How a network of ours is compiled. */
enum Precision {
    /** All that can be in bytes. */
    INT8("octet int8", name -> false),
    /** Every layer and value in floats, by the kernels of layers that stay in FP32. */
    FP32("octet fp32", name -> true);

    private final String system;
    private final Predicate<String> fp32;

    Precision(String system, Predicate<String> fp32) {
        this.system = system;
        this.fp32 = fp32;
    }

    /** What rows of times call it. */
    String system() {
        return system;
    }

    /** Whether a layer or value of the definition stays in FP32, by name. */
    boolean keepsFloats(String name) {
        return fp32.test(name);
    }
}
