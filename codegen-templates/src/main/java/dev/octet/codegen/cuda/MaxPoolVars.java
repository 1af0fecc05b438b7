package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.Window;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code maxpool.vm}; an item is 16 lanes of an output pixel.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record MaxPoolVars(String name, KernelSpec.MaxPool spec, Schedule.PerItem schedule) implements WindowPoolVars {
    MaxPoolVars {
        WindowPoolVars.requireFit(spec.window(), spec.input(), spec.output());
    }

    @Override
    public Extent input() {
        return spec.input();
    }

    @Override
    public Extent output() {
        return spec.output();
    }

    @Override
    public Window window() {
        return spec.window();
    }

    @Override
    public String template() {
        return "cuda/maxpool.vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                "Max pooling " + KernelVars.text(spec.window()) + ":",
                type() + " " + KernelVars.text(spec.input()) + " to " + KernelVars.text(spec.output()) + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return Set.of();
    }

    String type() {
        return spec.element().text();
    }

    String maximum() {
        return ByteType.of(spec.element()).maximum();
    }

    String lowest() {
        return ByteType.of(spec.element()).lowest();
    }
}
