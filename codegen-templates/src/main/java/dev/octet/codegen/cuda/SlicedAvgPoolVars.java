package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code avgpool_sliced.vm}; an item is 16 lanes of an image.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record SlicedAvgPoolVars(String name, KernelSpec.GlobalAvgPool spec, Schedule.Slices schedule) implements KernelVars {
    private static final int MOST_UNROLLED = 8;

    SlicedAvgPoolVars {
        KernelVars.require(
                spec.input().pixels() < Integer.MAX_VALUE / 255,
                "the sum of a lane fits 31 bits: %d pixels",
                spec.input().pixels());
    }

    @Override
    public String template() {
        return "cuda/avgpool_sliced.vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                "Global average pooling: " + inType() + " " + KernelVars.text(spec.input()) + " to " + outType() + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return EnumSet.of(ByteType.of(spec.in()).dp4a(), DeviceCode.CLAMP, DeviceCode.PACK);
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

    String dp4a() {
        return ByteType.of(spec.in()).dp4a().function();
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

    /** Vectors of a pixel. */
    int vectors() {
        return pitch() / LANES;
    }

    /** Vectors of an input image. */
    int inVectors() {
        return pixels() * vectors();
    }

    boolean paddedLanes() {
        return pitch() > channels();
    }

    /** Threads of an item. */
    int slices() {
        return schedule.slices();
    }

    /** Items of a block. */
    int blockItems() {
        return schedule.items();
    }

    int unroll() {
        return Math.min(pixels() / slices() + 1, MOST_UNROLLED);
    }
}
