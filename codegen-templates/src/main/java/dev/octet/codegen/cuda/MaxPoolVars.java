package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.KernelSpec;
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
record MaxPoolVars(String name, KernelSpec.MaxPool spec, Schedule.PerItem schedule) implements KernelVars {
    private static final int MOST_UNROLLED = 4;

    MaxPoolVars {
        Window w = spec.window();
        require(
                w.outHeight(spec.input().height()) == spec.output().height()
                        && w.outWidth(spec.input().width()) == spec.output().width(),
                "every window of the output meets the input: %s does not fit %s",
                w,
                spec.input());
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

    @Override
    public int threads() {
        return schedule.threads();
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

    int inHeight() {
        return spec.input().height();
    }

    int inWidth() {
        return spec.input().width();
    }

    int outHeight() {
        return spec.output().height();
    }

    int outWidth() {
        return spec.output().width();
    }

    int outPixels() {
        return spec.output().pixels();
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
        return spec.input().pixels() * vectors();
    }

    /** Items of an image. */
    int items() {
        return outPixels() * vectors();
    }

    int kernelH() {
        return spec.window().kernelH();
    }

    int kernelW() {
        return spec.window().kernelW();
    }

    int strideH() {
        return spec.window().strideH();
    }

    int strideW() {
        return spec.window().strideW();
    }

    int top() {
        return spec.window().top();
    }

    int left() {
        return spec.window().left();
    }

    /** Whether a window may reach beyond the input. */
    boolean padded() {
        Window w = spec.window();
        return w.top() + w.left() + w.bottom() + w.right() > 0;
    }

    int unrollH() {
        return Math.min(kernelH(), MOST_UNROLLED);
    }

    int unrollW() {
        return Math.min(kernelW(), MOST_UNROLLED);
    }
}
