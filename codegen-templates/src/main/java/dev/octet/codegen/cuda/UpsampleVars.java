package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code upsample.vm}; an item is 16 lanes of an output pixel.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record UpsampleVars(String name, KernelSpec.Upsample spec, Schedule.PerItem schedule) implements KernelVars {
    @Override
    public String template() {
        return "cuda/upsample.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Nearest neighbour: " + KernelVars.text(spec.input()) + ", " + rows() + "x" + columns()
                + " pixels for each.");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return Set.of();
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    int inHeight() {
        return spec.input().height();
    }

    int inWidth() {
        return spec.input().width();
    }

    int outHeight() {
        return inHeight() * rows();
    }

    int outWidth() {
        return inWidth() * columns();
    }

    /** Rows of a block. */
    int rows() {
        return spec.rows();
    }

    /** Columns of a block. */
    int columns() {
        return spec.columns();
    }

    int pitch() {
        return spec.input().pitch();
    }

    /** Vectors of a pixel. */
    int vectors() {
        return pitch() / LANES;
    }

    /** A thread's vector of a pixel behind the first, or empty. */
    String plusVector() {
        return vectors() == 1 ? "" : " + item % " + vectors() + "u";
    }

    /** Vectors of an output row. */
    int lineVectors() {
        return outWidth() * vectors();
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }
}
