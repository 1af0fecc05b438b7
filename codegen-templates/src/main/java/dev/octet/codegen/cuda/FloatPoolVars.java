package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.Border;
import java.util.List;

/**
 * Variables of {@code f32_pool.vm}; an item is 4 lanes.
 *
 * @param name entry point
 * @param spec what the kernel computes
 * @param schedule how it divides the work
 */
record FloatPoolVars(String name, FloatKernel.Pool spec, Schedule.PerItem schedule) implements FloatInputVars {
    private static final Border NONE = new Border(0, 0, 0, 0);

    @Override
    public String template() {
        return "cuda/f32_pool.vm";
    }

    @Override
    public List<String> summary() {
        String what = mean() ? "Mean" : "Maximum";
        return List.of(
                what + " of windows " + KernelVars.text(spec.window()) + ":",
                input().text() + " to " + result().text() + ".");
    }

    @Override
    public int threads() {
        return schedule.threads();
    }

    /** Whether it is a mean, not a maximum. */
    boolean mean() {
        return spec.counted().isPresent();
    }

    /** What the numbers of a window are added to or compared with. */
    String first() {
        return mean() ? "0.0f" : "__int_as_float(0xff800000)";
    }

    /** The function that makes one number of two. */
    String combine() {
        return mean() ? "__fadd_rn" : "fmaxf";
    }

    private Border counted() {
        return spec.counted().orElse(NONE);
    }

    /** First row that counts. */
    int leastRow() {
        return -counted().top();
    }

    /** The row after the last one that counts. */
    int lastRow() {
        return inHeight() + counted().bottom();
    }

    /** First column that counts. */
    int leastColumn() {
        return -counted().left();
    }

    /** The column after the last one that counts. */
    int lastColumn() {
        return inWidth() + counted().right();
    }

    int inHeight() {
        return spec.input().extent().height();
    }

    int inWidth() {
        return spec.input().extent().width();
    }

    /** Elements of an input image. */
    int inElements() {
        return spec.input().extent().elements();
    }

    int outHeight() {
        return spec.output().extent().height();
    }

    int outWidth() {
        return spec.output().extent().width();
    }

    int outPixels() {
        return spec.output().extent().pixels();
    }

    int outVectors() {
        return outPitch() / 4;
    }

    int channels() {
        return spec.output().extent().channels();
    }

    int kernelH() {
        return spec.window().kernelH();
    }

    int kernelW() {
        return spec.window().kernelW();
    }

    /** Row of the input where the window of {@code pixel} begins. */
    String firstRow() {
        return KernelVars.firstRow(spec.window(), spec.output().extent());
    }

    /** Column of the input where it begins. */
    String firstColumn() {
        return KernelVars.firstColumn(spec.window(), spec.output().extent());
    }

    /** Items of an image. */
    int items() {
        return spec.items();
    }
}
