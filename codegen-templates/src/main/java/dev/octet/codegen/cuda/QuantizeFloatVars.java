package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code quantize_f32.vm}; an item is 16 lanes of a pixel, or the 4 that it has.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record QuantizeFloatVars(String name, KernelSpec.QuantizeFloat spec, Schedule.PerItem schedule) implements KernelVars {
    @Override
    public String template() {
        return "cuda/quantize_f32.vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                "Quantisation of floats in (channel, row, column) order to s8 " + KernelVars.text(spec.output()) + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return EnumSet.of(DeviceCode.CLAMP, DeviceCode.PACK);
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    int height() {
        return spec.input().height();
    }

    int width() {
        return spec.input().width();
    }

    int channels() {
        return spec.input().channels();
    }

    int pitch() {
        return spec.output().pitch();
    }

    int pixels() {
        return spec.input().pixels();
    }

    /** Lanes of an item. */
    int itemLanes() {
        return spec.output().itemLanes();
    }

    /** Items of a pixel. */
    private int vectors() {
        return pitch() / itemLanes();
    }

    /** Whether a pixel is one word. */
    boolean word() {
        return spec.output().pitch() == KernelSpec.WORD;
    }

    String outPointer() {
        return word() ? "unsigned" : "uint4";
    }

    /** Whether an image is more than one pixel. */
    boolean severalPixels() {
        return pixels() > 1;
    }

    /** Whether a pixel is more than one item. */
    boolean severalVectors() {
        return vectors() > 1;
    }

    /** The first channel of a thread, to which its lanes are added, or empty. */
    String fromVector() {
        return severalVectors() ? "vector * " + itemLanes() + " + " : "";
    }

    /** Where a thread's first number is. */
    String first() {
        String channel = "(unsigned long long)image * " + channels();
        if (severalVectors()) {
            channel += " + vector * " + itemLanes();
        }
        if (!severalPixels()) {
            return channel;
        }
        return (severalVectors() ? "(" + channel + ")" : channel) + " * " + pixels() + plusPixel();
    }

    /** Where a thread's result goes. */
    String place() {
        String pixel = "(unsigned long long)image * " + pixels() + plusPixel();
        if (!severalVectors()) {
            return pixel;
        }
        return (severalPixels() ? "(" + pixel + ")" : pixel) + " * " + vectors() + " + vector";
    }

    private String plusPixel() {
        return severalPixels() ? " + pixel" : "";
    }

    /** Items of an image. */
    int items() {
        return pixels() * vectors();
    }

    boolean paddedLanes() {
        return pitch() > channels();
    }
}
