package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code rescale.vm}; an item is 16 lanes.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record RescaleVars(String name, KernelSpec.Rescale spec, Schedule.PerItem schedule) implements KernelVars {
    @Override
    public String template() {
        return "cuda/rescale.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Change of scale, " + inType() + " to " + outType() + ", " + elements() + " lanes an image.");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return EnumSet.of(ByteType.of(spec.in()).toFloat(), DeviceCode.CLAMP, DeviceCode.PACK);
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    String inType() {
        return spec.in().text();
    }

    String outType() {
        return spec.out().text();
    }

    String inByte() {
        return ByteType.of(spec.in()).toFloat().function();
    }

    int elements() {
        return spec.elements();
    }

    /** Items of an image. */
    int items() {
        return elements() / LANES;
    }
}
