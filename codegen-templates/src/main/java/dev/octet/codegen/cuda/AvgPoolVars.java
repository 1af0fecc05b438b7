package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Variables of {@code avgpool2d.vm}; an item is 16 lanes of an output pixel.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record AvgPoolVars(String name, KernelSpec.AvgPool spec, Schedule.PerItem schedule) implements KernelVars {
    private static final int MOST_UNROLLED = 4;

    AvgPoolVars {
        Window w = spec.window();
        KernelVars.require(
                w.outHeight(spec.input().height()) == spec.output().height()
                        && w.outWidth(spec.input().width()) == spec.output().width(),
                "every window of the output meets the input: %s does not fit %s",
                w,
                spec.input());
        KernelVars.require(w.taps() < Integer.MAX_VALUE / 255, "the sum of a lane fits 31 bits: %d taps", w.taps());
    }

    @Override
    public String template() {
        return "cuda/avgpool2d.vm";
    }

    @Override
    public List<String> summary() {
        return List.of(
                "Average pooling " + KernelVars.text(spec.window()) + ":",
                inType() + " " + KernelVars.text(spec.input()) + " to " + outType() + " "
                        + KernelVars.text(spec.output()) + ".");
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
        return spec.items();
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

    int taps() {
        return spec.window().taps();
    }

    /** Whether a window may reach beyond the input. */
    boolean padded() {
        return !spec.window().padding().equals(Border.NONE);
    }

    /** Whether all taps of every window count. */
    boolean uniform() {
        return spec.counted().equals(spec.window().padding());
    }

    /** Rows of padding above that count. */
    int countedTop() {
        return spec.counted().top();
    }

    /** Columns of padding to the left that count. */
    int countedLeft() {
        return spec.counted().left();
    }

    /** The row of the input behind the last that counts. */
    int endRow() {
        return inHeight() + spec.counted().bottom();
    }

    /** The column of the input behind the last that counts. */
    int endColumn() {
        return inWidth() + spec.counted().right();
    }

    int unrollH() {
        return Math.min(kernelH(), MOST_UNROLLED);
    }

    int unrollW() {
        return Math.min(kernelW(), MOST_UNROLLED);
    }
}
