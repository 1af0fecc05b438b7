package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The variables that templates of global average pooling share, however they divide the pixels; an item is 16 lanes. */
interface MeanVars extends KernelVars {
    /** Pixels of a loop that are unrolled at most. */
    int MOST_UNROLLED = 8;

    /** What the kernel computes. */
    KernelSpec.GlobalAvgPool spec();

    /** Refuses so many pixels that a sum could overflow. */
    static void requireSums(KernelSpec.GlobalAvgPool spec) {
        KernelVars.require(
                spec.input().pixels() < Integer.MAX_VALUE / 255,
                "the sum of a lane fits 31 bits: %d pixels",
                spec.input().pixels());
    }

    @Override
    default List<String> summary() {
        return List.of("Global average pooling: " + inType() + " " + KernelVars.text(spec().input()) + " to "
                + outType() + ".");
    }

    @Override
    default Set<DeviceCode> deviceCode() {
        return EnumSet.of(ByteType.of(spec().in()).dp4a(), DeviceCode.CLAMP, DeviceCode.PACK);
    }

    /** Name of the input's type. */
    default String inType() {
        return spec().in().text();
    }

    /** Name of the result's type. */
    default String outType() {
        return spec().out().text();
    }

    /** Device function that adds a byte of a word. */
    default String dp4a() {
        return ByteType.of(spec().in()).dp4a().function();
    }

    /** Pixels of an image. */
    default int pixels() {
        return spec().input().pixels();
    }

    /** Logical channels. */
    default int channels() {
        return spec().input().channels();
    }

    /** Bytes from pixel to pixel. */
    default int pitch() {
        return spec().input().pitch();
    }

    /** Vectors of a pixel. */
    default int vectors() {
        return pitch() / LANES;
    }

    /** Whether a pixel is more than one vector. */
    default boolean severalVectors() {
        return vectors() > 1;
    }

    /** A thread's vector of a pixel behind the first, or empty. */
    default String plusVector() {
        return severalVectors() ? " + vector" : "";
    }

    /** The first channel of a thread's vector, to which its lanes are added, or empty. */
    default String fromVector() {
        return severalVectors() ? "vector * 16 + " : "";
    }

    /** Vectors of an input image. */
    default int inVectors() {
        return pixels() * vectors();
    }

    /** Whether there are lanes beyond the channels. */
    default boolean paddedLanes() {
        return pitch() > channels();
    }
}
