package dev.octet.tools.report;

import dev.octet.plan.Target;
import dev.octet.plan.diag.NearNames;
import dev.octet.plan.diag.OctetException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Peak figures of GPUs, from NVIDIA's data sheets, without sparsity: what no kernel can be faster than. */
public enum Gpu {
    /** Tesla P40, compute capability 6.1. */
    P40("Tesla P40", 61, 47, 12, 346),
    /** Tesla T4, compute capability 7.5. */
    T4("Tesla T4", 75, 130, 8.1, 320),
    /** A100 SXM with 40 GB, compute capability 8.0. */
    A100("A100 SXM 40 GB", 80, 624, 19.5, 1555),
    /** L4, compute capability 8.9. */
    L4("L4", 89, 242, 30.3, 300),
    /** H100 SXM, compute capability 9.0. */
    H100("H100 SXM", 90, 1979, 67, 3350);

    private final String title;
    private final int capability;
    private final double int8Tops;
    private final double fp32Tflops;
    private final double gigabytesPerSecond;

    Gpu(String title, int capability, double int8Tops, double fp32Tflops, double gigabytesPerSecond) {
        this.title = title;
        this.capability = capability;
        this.int8Tops = int8Tops;
        this.fp32Tflops = fp32Tflops;
        this.gigabytesPerSecond = gigabytesPerSecond;
    }

    /** A GPU of a target's own compute capability. */
    public static Gpu of(Target target) {
        return Arrays.stream(values())
                .filter(gpu -> gpu.capability == target.capability())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no figures for " + target));
    }

    /**
     * A GPU by name, in whatever case.
     *
     * @throws OctetException {@link ReportCode#UNKNOWN_GPU} that lists the names
     */
    public static Gpu named(String name) {
        for (Gpu gpu : values()) {
            if (gpu.name().equalsIgnoreCase(name)) {
                return gpu;
            }
        }
        Set<String> known = Arrays.stream(values()).map(Gpu::name).collect(Collectors.toCollection(TreeSet::new));
        throw new OctetException(
                ReportCode.UNKNOWN_GPU, name, NearNames.suggestion(name, known), String.join(", ", known));
    }

    /** Its name for people. */
    String title() {
        return title;
    }

    /** Ten times its compute capability. */
    int capability() {
        return capability;
    }

    /** Operations of bytes per second, in units of 10^12; a product and its sum are two. */
    double int8Tops() {
        return int8Tops;
    }

    /** Operations of floats per second, in units of 10^12, without tensor cores. */
    double fp32Tflops() {
        return fp32Tflops;
    }

    /** Bandwidth of its memory, in units of 10^9 bytes per second. */
    double gigabytesPerSecond() {
        return gigabytesPerSecond;
    }
}
