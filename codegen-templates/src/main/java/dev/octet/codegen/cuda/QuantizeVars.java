package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code quantize.vm}; an item is a pixel.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record QuantizeVars(String name, KernelSpec.Quantize spec, Schedule.PerItem schedule) implements KernelVars {
    QuantizeVars {
        require(
                spec.output().pitch() == spec.output().itemLanes(),
                "images have few channels, so that a pixel is one vector or word: pitch %d",
                spec.output().pitch());
    }

    @Override
    public String template() {
        return "cuda/quantize.vm";
    }

    @Override
    public List<String> summary() {
        return List.of("Quantisation of raw pixels: " + KernelVars.text(spec.input()) + " to "
                + KernelVars.text(spec.output()) + ".");
    }

    @Override
    public Set<DeviceCode> deviceCode() {
        return Set.of();
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

    /** Words of a pixel. */
    int words() {
        return pitch() / 4;
    }

    private boolean word() {
        return words() == 1;
    }

    String outPointer() {
        return word() ? "unsigned" : "uint4";
    }

    /** What a thread reads, for people. */
    String bytes() {
        return channels() == 1 ? "byte" : channels() + " bytes";
    }

    /** What becomes of lanes without channels, for people, if there are any. */
    String paddingText() {
        return pitch() > channels() ? "; the padding lanes are zero" : "";
    }

    boolean severalChannels() {
        return channels() > 1;
    }

    /** What a thread writes. */
    String result() {
        if (severalChannels()) {
            return word() ? "words[0]" : "make_uint4(words[0], words[1], words[2], words[3])";
        }
        return word() ? "quantized" : "make_uint4(quantized, 0, 0, 0)";
    }

    int pixels() {
        return spec.input().pixels();
    }
}
