package dev.octet.compiler.kernel;

import dev.octet.plan.launch.Statistic;
import java.util.Objects;

/**
 * Counts what a value of floats holds, whatever its shape: an item is a vector of 4 floats, and the batch their number. It is
 * no operator's kernel, so that {@link KernelCatalog}, which lists those, has no row for it.
 *
 * @param kind what it counts
 */
public record FloatStatistic(Statistic.Kind kind) implements KernelSpec.OfFloats {
    public FloatStatistic {
        Objects.requireNonNull(kind);
    }

    @Override
    public int items() {
        return 1;
    }

    @Override
    public String variant() {
        return "f32_" + kind.text();
    }

    @Override
    public String canonicalName() {
        return variant();
    }
}
