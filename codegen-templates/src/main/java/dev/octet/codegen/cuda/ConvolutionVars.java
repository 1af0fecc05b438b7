package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
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

    /** Pixels of an input image. */
    default int inPixels() {
        return spec().input().pixels();
    }

    // The window.

    /** Columns of the window. */
    default int kernelW() {
        return spec().window().kernelW();
    }

    /** Padding above. */
    default int top() {
        return spec().window().top();
    }

    /** Padding to the left. */
    default int left() {
        return spec().window().left();
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
}
