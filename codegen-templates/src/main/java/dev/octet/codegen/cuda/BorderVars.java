package dev.octet.codegen.cuda;

import dev.octet.plan.graph.Window;

/** The variables of convolutions that load single taps: which of them are there to be loaded. */
interface BorderVars extends ConvolutionVars {
    /** 16-byte vectors of an input pixel. */
    default int inVectors() {
        return inPitch() / LANES;
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

    /** Whether a window may reach beyond the input. */
    default boolean padded() {
        Window w = spec().window();
        return w.top() + w.left() + w.bottom() + w.right() > 0;
    }

    /** Pixels of an output image. */
    default int outPixels() {
        return spec().output().pixels();
    }

    /** What the beginning of a window means where there is padding, for people. */
    default String intoPadding() {
        return padded() ? ", or would if the input went on into the padding" : "";
    }

    /** Whether the last step reaches beyond K. */
    boolean partialK();

    /** The name of the condition that a tap is in the image, which may be the only one. */
    default String inImage() {
        return partialK() ? "inImage" : "inside";
    }

    /** That condition before another, or empty if every tap is in the image. */
    default String ifInImage() {
        return padded() ? "inImage && " : "";
    }

    /** What is copied asynchronously from a place of the input: a source, and whether it is to be read. */
    default String copied(String place) {
        boolean guarded = padded() || partialK();
        return "args.input + " + (guarded ? "(inside ? " + place + " : 0), inside" : "(" + place + "), true");
    }
}
