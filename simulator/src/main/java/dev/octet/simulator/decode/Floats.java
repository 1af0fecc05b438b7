package dev.octet.simulator.decode;

/** Single precision as PTX defines it, on bits: every NaN that is computed is the same one, and -0 is less than +0. */
final class Floats {
    /** The NaN of all results. */
    static final int NAN = 0x7fff_ffff;

    private static final int SIGN = 0x8000_0000;

    private Floats() {}

    static int bits(float value) {
        return value == value ? Float.floatToRawIntBits(value) : NAN;
    }

    static float value(int bits) {
        return Float.intBitsToFloat(bits);
    }

    /** Subnormal numbers become zeros of their sign. */
    static int flush(int bits) {
        return (bits & 0x7f80_0000) == 0 ? bits & SIGN : bits;
    }

    /** Limits to [0, 1]; NaN and -0 become +0. */
    static int saturate(int bits) {
        float value = value(bits);
        return value > 0 ? bits(Math.min(value, 1f)) : 0;
    }

    /** The operand that is a number, if one is not. */
    static int min(int a, int b) {
        float x = value(a);
        float y = value(b);
        if (x != x) {
            return y != y ? NAN : b;
        }
        return y != y ? a : Float.floatToRawIntBits(Math.min(x, y));
    }

    static int max(int a, int b) {
        float x = value(a);
        float y = value(b);
        if (x != x) {
            return y != y ? NAN : b;
        }
        return y != y ? a : Float.floatToRawIntBits(Math.max(x, y));
    }

    static boolean isNan(int bits) {
        return (bits & 0x7fff_ffff) > 0x7f80_0000;
    }
}
