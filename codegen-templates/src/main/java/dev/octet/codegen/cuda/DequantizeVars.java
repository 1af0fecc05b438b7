package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code dequantize.vm}; an item is one logical element.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record DequantizeVars(String name, KernelSpec.Dequantize spec, Schedule.PerItem schedule) implements KernelVars {
    @Override
    public String template() {
        return "cuda/dequantize.vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                "Floats in (channel, row, column) order from " + inType() + " " + KernelVars.text(spec.input()) + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return Set.of();
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    String inType() {
        return spec.in().text();
    }

    /** C type of an element. */
    String element() {
        return ByteType.of(spec.in()).element();
    }

    int height() {
        return spec.input().height();
    }

    int width() {
        return spec.input().width();
    }

    int pixels() {
        return spec.input().pixels();
    }

    int channels() {
        return spec.input().channels();
    }

    int pitch() {
        return spec.input().pitch();
    }

    /** Whether an image is more than one pixel. */
    boolean severalPixels() {
        return pixels() > 1;
    }

    /** Items of an image. */
    int items() {
        return pixels() * channels();
    }
}
