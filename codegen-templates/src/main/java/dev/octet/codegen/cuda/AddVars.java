package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code add.vm}; an item is 16 lanes.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record AddVars(String name, KernelSpec.Add spec, Schedule.PerItem schedule) implements KernelVars {
    @Override
    public String template() {
        return "cuda/add.vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                "Sum of " + xType() + " and " + yType() + " to " + outType() + ", " + elements() + " lanes an image.");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return EnumSet.of(
                ByteType.of(spec.x()).toFloat(), ByteType.of(spec.y()).toFloat(), DeviceCode.CLAMP, DeviceCode.PACK);
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    String xType() {
        return spec.x().text();
    }

    String yType() {
        return spec.y().text();
    }

    String outType() {
        return spec.out().text();
    }

    String xByte() {
        return ByteType.of(spec.x()).toFloat().function();
    }

    String yByte() {
        return ByteType.of(spec.y()).toFloat().function();
    }

    int elements() {
        return spec.elements();
    }

    /** Items of an image. */
    int items() {
        return elements() / LANES;
    }
}
