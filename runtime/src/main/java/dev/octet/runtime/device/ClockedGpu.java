package dev.octet.runtime.device;

import java.util.Objects;

/**
 * A GPU whose kernels can be timed.
 *
 * @param name the model, as its driver gives it
 * @param capability ten times the compute capability
 */
public record ClockedGpu(String name, int capability) {
    public ClockedGpu {
        Objects.requireNonNull(name);
        if (name.isBlank() || capability < 10) {
            throw new IllegalArgumentException("'" + name + "' of compute capability " + capability + " / 10");
        }
    }
}
