package dev.octet.codegen.cuda;

/** The variables of convolutions that walk over single taps, whether a pixel is whole vectors or one word. */
interface TapVars extends ConvolutionVars {
    /** Whether an input pixel is one word. */
    default boolean readsWords() {
        return spec().readsWords();
    }

    /** Whether an input pixel is whole vectors. */
    default boolean readsVectors() {
        return !readsWords();
    }

    /** What an input pixel consists of. */
    default String inPointer() {
        return readsWords() ? "unsigned" : "uint4";
    }

    /** Taps of the window. */
    default int taps() {
        return spec().window().taps();
    }

    /** Whether it is, and the window has more than one tap. */
    default boolean walksTaps() {
        return readsVectors() && taps() > 1;
    }

    /** Whether an image has one window, which begins where the image does. */
    default boolean oneWindow() {
        return outPixels() == 1 && !padded();
    }

    /** Words or vectors of an input image. */
    default int imageElements() {
        return readsWords() ? inPixels() : inPixels() * inVectors();
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

    /** Steps of the epilogue, for people. */
    default String epilogueText() {
        return epilogue().steps();
    }
}
