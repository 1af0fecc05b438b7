package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.graph.Window;
import java.util.List;

/** The variables that the templates of convolutions share: input, window and output, however they divide the work. */
interface ConvolutionVars extends EpilogueVars {
    /** What the kernel computes. */
    KernelSpec.Conv2d spec();

    @Override
    default EpilogueShape epilogue() {
        return EpilogueShape.of(spec());
    }

    @Override
    default List<String> summary() {
        return List.of(
                "Convolution " + KernelVars.text(spec().window()) + ":",
                inType() + " " + KernelVars.text(spec().input()) + " to "
                        + epilogue().text() + ".");
    }

    // The input.

    /** Name of the input's type. */
    default String inType() {
        return spec().in().text();
    }

    /** Rows of the input. */
    default int inHeight() {
        return spec().input().height();
    }

    /** Columns of the input. */
    default int inWidth() {
        return spec().input().width();
    }

    /** Bytes from pixel to pixel of the input. */
    default int inPitch() {
        return spec().input().pitch();
    }

    /** 16-byte vectors of an input pixel. */
    default int inVectors() {
        return inPitch() / LANES;
    }

    /** Pixels of an input image. */
    default int inPixels() {
        return spec().input().pixels();
    }

    // The window.

    /** Columns of the window. */
    default int kernelW() {
        return spec().window().kernelW();
    }

    /** Rows between windows. */
    default int strideH() {
        return spec().window().strideH();
    }

    /** Columns between windows. */
    default int strideW() {
        return spec().window().strideW();
    }

    /** Rows between taps. */
    default int dilationH() {
        return spec().window().dilationH();
    }

    /** Columns between taps. */
    default int dilationW() {
        return spec().window().dilationW();
    }

    /** Padding above. */
    default int top() {
        return spec().window().top();
    }

    /** Padding to the left. */
    default int left() {
        return spec().window().left();
    }

    /** Whether a window may reach beyond the input. */
    default boolean padded() {
        Window w = spec().window();
        return w.top() + w.left() + w.bottom() + w.right() > 0;
    }

    // The output.

    /** Rows of the output. */
    default int outHeight() {
        return spec().output().height();
    }

    /** Columns of the output. */
    default int outWidth() {
        return spec().output().width();
    }

    /** Pixels of an output image. */
    default int outPixels() {
        return spec().output().pixels();
    }
}
