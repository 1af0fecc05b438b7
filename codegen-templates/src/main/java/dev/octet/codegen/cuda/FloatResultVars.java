package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel;
import java.util.EnumSet;
import java.util.Set;

/** The variables that templates of kernels on floats share: what becomes of a result. */
interface FloatResultVars extends KernelVars {
    /** What the kernel computes. */
    FloatKernel spec();

    /** How the result is written. */
    default FloatAccess result() {
        return new FloatAccess(spec().output());
    }

    /** Whether the kernel has constants: an operand or the result is of integers. */
    default boolean integers() {
        return spec().hasIntegers();
    }

    /** Name of the result's type. */
    default String outType() {
        return result().type();
    }

    /** C type of the result in memory. */
    default String outPointer() {
        return result().pointer();
    }

    /** Elements from pixel to pixel of the result. */
    default int outPitch() {
        return result().pitch();
    }

    /** Whether the result is rounded. */
    default boolean integerOut() {
        return spec().output().isInteger();
    }

    /** Device function that writes four lanes. */
    default String store() {
        return result().store();
    }

    /** The last argument of {@link #store}, with a comma, or empty. */
    default String border() {
        return result().border();
    }

    @Override
    default Set<DeviceCode> deviceCode() {
        EnumSet<DeviceCode> code = EnumSet.copyOf(result().storeCode());
        spec().operands().forEach(operand -> code.addAll(new FloatAccess(operand).loadCode()));
        return code;
    }
}
