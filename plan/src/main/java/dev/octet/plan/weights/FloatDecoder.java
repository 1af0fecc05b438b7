package dev.octet.plan.weights;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The element types that become floats, each value exactly. */
enum FloatDecoder {
    /** IEEE binary32. */
    F32(4) {
        @Override
        float next(ByteBuffer in) {
            return in.getFloat();
        }
    },
    /** IEEE binary16. */
    F16(2) {
        @Override
        float next(ByteBuffer in) {
            return half(in.getShort());
        }
    },
    /** The upper half of a binary32. */
    BF16(2) {
        @Override
        float next(ByteBuffer in) {
            return Float.intBitsToFloat(in.getShort() << 16);
        }
    };

    private static final int HALF_MANTISSA_BITS = 10;
    private static final int HALF_BIAS = 15;
    private static final int HALF_SPECIAL = 31;

    private final int bytes;

    FloatDecoder(int bytes) {
        this.bytes = bytes;
    }

    /** The decoder of a type; empty if there is none. */
    static Optional<FloatDecoder> of(String dtype) {
        for (FloatDecoder decoder : values()) {
            if (decoder.name().equals(dtype)) {
                return Optional.of(decoder);
            }
        }
        return Optional.empty();
    }

    abstract float next(ByteBuffer in);

    /** Decodes all of a little-endian buffer. */
    float[] decode(ByteBuffer in) {
        float[] values = new float[in.remaining() / bytes];
        for (int i = 0; i < values.length; i++) {
            values[i] = next(in);
        }
        return values;
    }

    /** {@code (-1)^sign * 2^(exponent - 15) * 1.mantissa}, subnormals and specials as IEEE 754 has them. */
    private static float half(short bits) {
        int exponent = bits >> HALF_MANTISSA_BITS & HALF_SPECIAL;
        int mantissa = bits & (1 << HALF_MANTISSA_BITS) - 1;
        float magnitude;
        if (exponent == HALF_SPECIAL) {
            magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((float) mantissa, 1 - HALF_BIAS - HALF_MANTISSA_BITS);
        } else {
            magnitude =
                    Math.scalb((float) (mantissa | 1 << HALF_MANTISSA_BITS), exponent - HALF_BIAS - HALF_MANTISSA_BITS);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
