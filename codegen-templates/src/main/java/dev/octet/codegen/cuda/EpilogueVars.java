package dev.octet.codegen.cuda;

/** The variables that templates with a full epilogue share: what becomes of an accumulator, and where it goes. */
interface EpilogueVars extends KernelVars {
    /** The epilogue that these variables describe. */
    EpilogueShape epilogue();

    /** Its steps, for people. */
    default String epilogueText() {
        return epilogue().steps();
    }

    /** Name of the result's type. */
    default String outType() {
        return epilogue().out().text();
    }

    /** C type of the result in memory. */
    default String outPointer() {
        return epilogue().outPointer();
    }

    /** Elements from pixel to pixel of the result. */
    default int outPitch() {
        return epilogue().output().pitch();
    }

    /** Logical channels of the result. */
    default int channels() {
        return epilogue().output().channels();
    }

    /** Lanes of the constants: channels padded to 16. */
    default int lanes() {
        return epilogue().lanes();
    }

    /** Index of lo, hi and the residual's multiplier in the constants. */
    default int limits() {
        return 2 * lanes();
    }

    /** Whether the result is rounded to bytes. */
    default boolean integerOut() {
        return epilogue().integerOut();
    }

    /** Whether the result has lanes beyond its channels. */
    default boolean paddedLanes() {
        return epilogue().paddedLanes();
    }

    /** Whether a residual is added. */
    default boolean residual() {
        return epilogue().residual().isPresent();
    }

    /** Name of the residual's type, or empty. */
    default String residualType() {
        return epilogue().residualType();
    }

    /** Device function that makes a float of the residual's byte, or empty. */
    default String residualByte() {
        return epilogue().residualByte();
    }
}
