package dev.octet.codegen.cuda;

import dev.octet.plan.graph.ElementType;

/** How kernels handle the bytes of an integer element type. */
enum ByteType {
    S8(
            "signed char",
            DeviceCode.DP4A_S8,
            DeviceCode.MMA8_S8,
            DeviceCode.MMA_S8,
            DeviceCode.FLOAT_S8,
            "__vmaxs4",
            "0x80808080u"),
    U8(
            "unsigned char",
            DeviceCode.DP4A_U8,
            DeviceCode.MMA8_U8,
            DeviceCode.MMA_U8,
            DeviceCode.FLOAT_U8,
            "__vmaxu4",
            "0u");

    private final String element;
    private final DeviceCode dp4a;
    private final DeviceCode mma8;
    private final DeviceCode mma;
    private final DeviceCode toFloat;
    private final String maximum;
    private final String lowest;

    ByteType(
            String element,
            DeviceCode dp4a,
            DeviceCode mma8,
            DeviceCode mma,
            DeviceCode toFloat,
            String maximum,
            String lowest) {
        this.element = element;
        this.dp4a = dp4a;
        this.mma8 = mma8;
        this.mma = mma;
        this.toFloat = toFloat;
        this.maximum = maximum;
        this.lowest = lowest;
    }

    static ByteType of(ElementType type) {
        return switch (type) {
            case S8 -> S8;
            case U8 -> U8;
            case F32 -> throw new IllegalArgumentException("f32 is not an integer type");
        };
    }

    /** The C type of an element. */
    String element() {
        return element;
    }

    /** Multiplies four activations with four signed weights and adds. */
    DeviceCode dp4a() {
        return dp4a;
    }

    /** Multiplies tiles of activations and signed weights on the tensor cores of Turing and adds. */
    DeviceCode mma8() {
        return mma8;
    }

    /** Multiplies the same tiles on the tensor cores of Ampere and later. */
    DeviceCode mma() {
        return mma;
    }

    /** Multiplies 64 channels of weights with so many pixels on the tensor cores of Hopper. */
    DeviceCode wgmma(int pixels) {
        return DeviceCode.valueOf("WGMMA" + pixels + "_" + name());
    }

    /** Makes a float of a byte of a word. */
    DeviceCode toFloat() {
        return toFloat;
    }

    /** The intrinsic that takes the maximum of four pairs. */
    String maximum() {
        return maximum;
    }

    /** A word of four values that lose against any other. */
    String lowest() {
        return lowest;
    }
}
