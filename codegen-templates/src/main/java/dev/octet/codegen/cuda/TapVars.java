package dev.octet.codegen.cuda;

/** The variables of convolutions that walk over single taps, whether a pixel is whole vectors or one word. */
interface TapVars extends BorderVars {
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
}
