package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code gate.vm}; an item is 16 lanes of a pixel.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record GateVars(String name, KernelSpec.Gate spec, Schedule.PerItem schedule) implements KernelVars {
    @Override
    public String template() {
        return "cuda/gate.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Product of " + xType() + " " + KernelVars.text(spec.extent()) + " and gates of " + gateType()
                + " to " + outType() + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return EnumSet.of(
                ByteType.of(spec.x()).toFloat(), ByteType.of(spec.gate()).toFloat(), DeviceCode.CLAMP, DeviceCode.PACK);
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    String xType() {
        return spec.x().text();
    }

    String gateType() {
        return spec.gate().text();
    }

    String outType() {
        return spec.out().text();
    }

    String xByte() {
        return ByteType.of(spec.x()).toFloat().function();
    }

    String gateByte() {
        return ByteType.of(spec.gate()).toFloat().function();
    }

    int pixels() {
        return spec.extent().pixels();
    }

    int pitch() {
        return spec.extent().pitch();
    }

    /** Which gates a thread's lanes are multiplied with. */
    String gates() {
        int vectors = pitch() / LANES;
        if (pixels() == 1) {
            return "item";
        }
        String image = "item / " + items() + "u";
        return vectors == 1 ? image : "(" + image + " * " + vectors + "u + item % " + vectors + "u)";
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }
}
