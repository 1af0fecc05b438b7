package dev.octet.codegen.cuda;

/** The variables of kernels on floats that read one image beside what they may add. */
interface FloatInputVars extends FloatResultVars {
    /** How the input is read. */
    default FloatAccess input() {
        return new FloatAccess(spec().operands().get(0));
    }

    /** Name of the input's type. */
    default String inType() {
        return input().type();
    }

    /** C type of the input in memory. */
    default String inPointer() {
        return input().pointer();
    }

    /** Elements from pixel to pixel of the input. */
    default int inPitch() {
        return input().pitch();
    }

    /** Whether the input is of integers. */
    default boolean scaledInput() {
        return spec().operands().get(0).isInteger();
    }

    /** The load's second argument, with a comma, or empty. */
    default String inputScale() {
        return input().scale("inputScale");
    }

    /** Device function that reads four lanes of the input. */
    default String load() {
        return input().load();
    }
}
