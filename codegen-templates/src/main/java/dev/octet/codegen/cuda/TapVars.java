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

    /** Whether it is, and the window has more than one tap. */
    default boolean walksTaps() {
        return readsVectors() && taps() > 1;
    }

    /** What an input pixel consists of. */
    default String inPointer() {
        return readsWords() ? "unsigned" : "uint4";
    }

    /** Taps of the window. */
    default int taps() {
        return spec().window().taps();
    }

    /** A factor of rows of taps, if there are gaps between them. */
    default String timesDilationH() {
        return dilationH() == 1 ? "" : " * " + dilationH();
    }

    /** A factor of columns of taps, if there are gaps between them. */
    default String timesDilationW() {
        return dilationW() == 1 ? "" : " * " + dilationW();
    }
}
