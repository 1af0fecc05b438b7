package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.graph.Border;
import dev.octet.plan.graph.Window;

/** The variables that templates of pooling over windows share: a thread computes 16 lanes of an output pixel. */
interface WindowPoolVars extends KernelVars {
    /** Rows and columns of a window that are unrolled at most. */
    int MOST_UNROLLED = 4;

    /** Extents of the input. */
    Extent input();

    /** Extents of the output. */
    Extent output();

    /** The sliding window. */
    Window window();

    /** How the work is divided. */
    Schedule.PerItem schedule();

    /** Refuses a window that does not make the output's extents of the input's. */
    static void requireFit(Window w, Extent input, Extent output) {
        KernelVars.require(
                w.outHeight(input.height()) == output.height() && w.outWidth(input.width()) == output.width(),
                "every window of the output meets the input: %s does not fit %s",
                w,
                input);
    }

    @Override
    default int threads() {
        return schedule().threads();
    }

    /** Rows of the input. */
    default int inHeight() {
        return input().height();
    }

    /** Columns of the input. */
    default int inWidth() {
        return input().width();
    }

    /** Rows of the output. */
    default int outHeight() {
        return output().height();
    }

    /** Columns of the output. */
    default int outWidth() {
        return output().width();
    }

    /** Pixels of an output image. */
    default int outPixels() {
        return output().pixels();
    }

    /** Bytes from pixel to pixel. */
    default int pitch() {
        return input().pitch();
    }

    /** Vectors of a pixel. */
    default int vectors() {
        return pitch() / LANES;
    }

    /** Vectors of an input image. */
    default int inVectors() {
        return input().pixels() * vectors();
    }

    /** Items of an image. */
    default int items() {
        return outPixels() * vectors();
    }

    /** Rows of the window. */
    default int kernelH() {
        return window().kernelH();
    }

    /** Columns of the window. */
    default int kernelW() {
        return window().kernelW();
    }

    /** Row of the input where the window of {@code pixel} begins. */
    default String firstRow() {
        return KernelVars.firstRow(window(), output());
    }

    /** Column of the input where it begins. */
    default String firstColumn() {
        return KernelVars.firstColumn(window(), output());
    }

    /** A thread's vector of a pixel behind the first, or empty. */
    default String plusVector() {
        return vectors() == 1 ? "" : " + item % " + vectors() + "u";
    }

    /** Whether a window may reach beyond the input. */
    default boolean padded() {
        return !window().padding().equals(Border.NONE);
    }

    /** Rows of the window that are unrolled. */
    default int unrollH() {
        return Math.min(kernelH(), MOST_UNROLLED);
    }

    /** Columns of the window that are unrolled. */
    default int unrollW() {
        return Math.min(kernelW(), MOST_UNROLLED);
    }
}
