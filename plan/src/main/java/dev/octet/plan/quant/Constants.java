package dev.octet.plan.quant;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Run-time constants of one node, computed at load from ranges and weight scales: what the CPU device multiplies with,
 * and byte for byte what a kernel reads from device memory.
 */
public sealed interface Constants {
    /** Multiple to which per-channel arrays are padded, with zeros. */
    int LANES = 16;

    /** The segment in device memory, little-endian. */
    byte[] segment();

    /**
     * Epilogue of a convolution or dense layer: {@code v = fmaf(acc, m[c], b[c])}, then {@code fmaf(residual, r, v)},
     * then {@code min(max(v, lo), hi)}, then rint if the result is an integer. Segment: m, b, lo, hi, r, 0.
     *
     * @param m multiplier per lane
     * @param b bias per lane
     * @param lo lower clamp: activation and saturation in one
     * @param hi upper clamp
     * @param r multiplier of the residual; 0 without one
     */
    record Epilogue(float[] m, float[] b, float lo, float hi, float r) implements Constants {
        public Epilogue {
            if (m.length != b.length || m.length % LANES != 0) {
                throw new IllegalArgumentException("arrays are padded to " + LANES + ": " + m.length);
            }
        }

        @Override
        public byte[] segment() {
            ByteBuffer buffer = put(put(floats(2 * m.length + 4), m), b);
            return buffer.putFloat(lo).putFloat(hi).putFloat(r).putFloat(0).array();
        }
    }

    /**
     * Sum: {@code v = fmaf(x, rx, y * ry)}, clamp, rint. Segment: rx, ry, lo, hi.
     *
     * @param rx multiplier of the first operand
     * @param ry multiplier of the second operand
     * @param lo lower clamp
     * @param hi upper clamp
     */
    record Sum(float rx, float ry, float lo, float hi) implements Constants {
        @Override
        public byte[] segment() {
            return floats(4).putFloat(rx).putFloat(ry).putFloat(lo).putFloat(hi).array();
        }
    }

    /**
     * Rescaling of a byte or of a sum of bytes: {@code v = x * factor}, clamp, rint. Segment: factor, lo, hi, 0.
     *
     * @param factor multiplier
     * @param lo lower clamp
     * @param hi upper clamp
     */
    record Rescale(float factor, float lo, float hi) implements Constants {
        @Override
        public byte[] segment() {
            return floats(4)
                    .putFloat(factor)
                    .putFloat(lo)
                    .putFloat(hi)
                    .putFloat(0)
                    .array();
        }
    }

    /**
     * Mean over a window: {@code v = sum * factor[taps that count]}, clamp, rint. Segment: lo, hi, 0, 0, factors.
     *
     * @param factor by the number of taps that count, from 0 to the window's taps
     * @param lo lower clamp
     * @param hi upper clamp
     */
    record WindowMean(float[] factor, float lo, float hi) implements Constants {
        @Override
        public byte[] segment() {
            return limited(lo, hi, factor);
        }
    }

    /**
     * Constants of an operator from outside: {@code v} of its own, clamp, rint. Segment: lo, hi, 0, 0, values.
     *
     * @param values what it asked for
     * @param lo lower clamp
     * @param hi upper clamp
     */
    record Extension(float[] values, float lo, float hi) implements Constants {
        @Override
        public byte[] segment() {
            return limited(lo, hi, values);
        }
    }

    /**
     * Result of a function for every byte: {@code table[byte]}, the byte taken as unsigned. Segment: the table.
     *
     * @param table 256 results
     */
    record ByteTable(byte[] table) implements Constants {
        public ByteTable {
            if (table.length != 256) {
                throw new IllegalArgumentException("a table has 256 results: " + table.length);
            }
        }

        @Override
        public byte[] segment() {
            return table.clone();
        }
    }

    /**
     * Quantised value of every possible pixel: {@code table[channel * 256 + byte]}. Segment: the table.
     *
     * @param table 256 results per channel
     */
    record PixelTable(byte[] table) implements Constants {
        @Override
        public byte[] segment() {
            return table.clone();
        }
    }

    /**
     * Byte from a float input: {@code v = x * inverse}, zero instead of a NaN, clamp, rint. Segment: inverse, lo, hi, 0.
     *
     * @param inverse one over the real number of one step
     * @param lo smallest value
     * @param hi largest value
     */
    record QuantizeFloat(float inverse, float lo, float hi) implements Constants {
        @Override
        public byte[] segment() {
            return floats(4)
                    .putFloat(inverse)
                    .putFloat(lo)
                    .putFloat(hi)
                    .putFloat(0)
                    .array();
        }
    }

    /**
     * Float from byte: {@code v = x * scale}. Segment: scale.
     *
     * @param scale real number of one step
     */
    record Dequantize(float scale) implements Constants {
        @Override
        public byte[] segment() {
            return floats(1).putFloat(scale).array();
        }
    }

    /**
     * Borders of an operator that is computed in float arithmetic: an integer operand i is {@code q * scale[i]}, and an
     * integer result {@code v * inverse}, clamp, rint. Segment: inverse, lo, hi, 0, scales padded to a multiple of 4.
     *
     * @param scale real number of one step of each operand; 1 of floats
     * @param inverse steps of the result in a real number; 1 of floats
     * @param lo lower clamp
     * @param hi upper clamp
     */
    record FloatBorder(float[] scale, float inverse, float lo, float hi) implements Constants {
        @Override
        public byte[] segment() {
            ByteBuffer buffer = floats(4 + (scale.length + 3) / 4 * 4);
            buffer.putFloat(inverse).putFloat(lo).putFloat(hi).putFloat(0);
            return put(buffer, scale).array();
        }
    }

    /**
     * Number that every possible pixel stands for: {@code table[channel * 256 + byte]}. Segment: the table.
     *
     * @param table 256 numbers per channel
     */
    record FloatPixels(float[] table) implements Constants {
        @Override
        public byte[] segment() {
            return put(floats(table.length), table).array();
        }
    }

    private static byte[] limited(float lo, float hi, float... values) {
        ByteBuffer buffer = floats(4 + values.length);
        buffer.putFloat(lo).putFloat(hi).putFloat(0).putFloat(0);
        return put(buffer, values).array();
    }

    private static ByteBuffer put(ByteBuffer buffer, float... values) {
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer;
    }

    private static ByteBuffer floats(int count) {
        return ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
