package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.FloatKernel.Value;
import dev.octet.plan.graph.ElementType;
import java.util.EnumSet;
import java.util.Set;

/**
 * How kernels on floats read an operand or write their result.
 *
 * @param value operand or result
 */
record FloatAccess(Value value) {
    private ElementType element() {
        return value.element();
    }

    String type() {
        return element().text();
    }

    /** C type in memory. */
    String pointer() {
        return element().isInteger() ? "char" : "float";
    }

    int pitch() {
        return value.extent().pitch();
    }

    /** Device function that reads four lanes. */
    String load() {
        return "floats_" + type();
    }

    /** Device function that reads one lane. */
    String number() {
        return "number_" + type();
    }

    /** The load's second argument with a comma before it: the variable that holds the scale, or nothing. */
    String scale(String variable) {
        return element().isInteger() ? ", " + variable : "";
    }

    /** Device function that writes four lanes. */
    String store() {
        return element().isInteger() ? "store_bytes" : "store_f32";
    }

    /** The store's last argument with a comma before it, or nothing. */
    String border() {
        return element().isInteger() ? ", border" : "";
    }

    /** What {@link #load} needs. */
    Set<DeviceCode> loadCode() {
        return switch (element()) {
            case F32 -> EnumSet.of(DeviceCode.FLOATS_F32);
            case S8 -> EnumSet.of(DeviceCode.FLOAT_S8, DeviceCode.FLOATS_S8);
            case U8 -> EnumSet.of(DeviceCode.FLOAT_U8, DeviceCode.FLOATS_U8);
        };
    }

    /** What {@link #number} needs. */
    Set<DeviceCode> numberCode() {
        return switch (element()) {
            case F32 -> EnumSet.of(DeviceCode.NUMBER_F32);
            case S8 -> EnumSet.of(DeviceCode.NUMBER_S8);
            case U8 -> EnumSet.of(DeviceCode.NUMBER_U8);
        };
    }

    /** What {@link #store} needs. */
    Set<DeviceCode> storeCode() {
        return element().isInteger()
                ? EnumSet.of(DeviceCode.CLAMP, DeviceCode.PACK, DeviceCode.STORE_BYTES)
                : EnumSet.of(DeviceCode.STORE_F32);
    }

    /** For people. */
    String text() {
        return type() + " " + KernelVars.text(value.extent());
    }
}
