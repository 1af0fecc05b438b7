package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.schedule.Schedule;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code f32_export.vm}; an item is one logical element.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record FloatExportVars(String name, FloatKernel.Export spec, Schedule.PerItem schedule) implements KernelVars {
    @Override
    public String template() {
        return "cuda/f32_export.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Floats in (channel, row, column) order from f32 " + KernelVars.text(spec.input()) + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return Set.of();
    }

    @Override
    public int threads() {
        return schedule.threads();
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
        return spec.items();
    }
}
