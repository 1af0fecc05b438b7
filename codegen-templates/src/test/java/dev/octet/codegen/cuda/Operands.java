package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.quant.Constants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Random operands of kernels, and the arithmetic that they have in common, written as plainly as possible. */
public final class Operands {
    private static final byte GARBAGE = 0x5c;

    /** NaNs of both signs and with other bits below, infinities, zeros of both signs, extremes, and subnormals. */
    private static final float[] SPECIAL = {
        Float.NaN,
        Float.intBitsToFloat(0xffc00001),
        Float.intBitsToFloat(0x7fc0005c),
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        0f,
        -0f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE,
        -Float.MIN_VALUE
    };

    private static final int NEIGHBOURS = 3;

    private final Random random;
    private final Fill fill;

    /** How values are drawn. */
    public enum Fill {
        /** From the whole range of their type. */
        WIDE,
        /** The largest and smallest of their type only, and limits of the epilogue within the range of the result. */
        EXTREME,
        /** Activations from a few neighbours, so that comparisons are decided by the lowest bits. */
        CLOSE,
        /** Activations from 0 to 2, the smallest of bytes without a sign, and so many zeros that maxima are small too. */
        SMALL
    }

    /** Operands drawn from a seed; {@code extreme} ones are the largest and smallest of their type only. */
    public Operands(long seed, boolean extreme) {
        this(seed, extreme ? Fill.EXTREME : Fill.WIDE);
    }

    /** Operands drawn from a seed. */
    public Operands(long seed, Fill fill) {
        this.random = new Random(seed);
        this.fill = fill;
    }

    /** An extent whose pitch is the channels padded to 16. */
    public static Extent extent(int height, int width, int channels) {
        return new Extent(height, width, channels, (channels + 15) / 16 * 16);
    }

    /** An extent whose pixels are words of 4 lanes. */
    public static Extent words(int height, int width, int channels) {
        return new Extent(height, width, channels, KernelSpec.WORD);
    }

    /** Images of random values; padding lanes are zero. */
    byte[] activations(ElementType type, Extent extent, int batch) {
        byte[] bytes = new byte[Math.multiplyExact(batch, extent.elements())];
        int min = type.min();
        int max = type.max();
        if (fill == Fill.CLOSE) {
            min += random.nextInt(max - min - NEIGHBOURS);
            max = min + NEIGHBOURS;
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = i % extent.pitch() >= extent.channels() ? 0 : fill == Fill.SMALL ? small() : value(min, max);
        }
        return bytes;
    }

    /** Of twenty values fifteen are 0 and one is 2. */
    private byte small() {
        return (byte) Math.max(0, Math.min(2, (random.nextInt(20) - 11) / 4));
    }

    /**
     * Floats of about 150 steps in either direction: halves of a step, so that half of them lie in the middle between two
     * integers, others anywhere, and every special value.
     */
    float[] floats(int count, float step) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = switch (random.nextInt(4)) {
                case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
                case 1 -> number(-150, 150) * step;
                default -> (random.nextInt(601) - 300) * 0.5f * step;
            };
        }
        return floats;
    }

    /** Random weights in [-127, 127]. */
    byte[] weights(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = value(-127, 127);
        }
        return bytes;
    }

    /** Random bytes. */
    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte value(int min, int max) {
        if (fill == Fill.EXTREME) {
            return (byte) (random.nextBoolean() ? min : max);
        }
        return (byte) (min + random.nextInt(max - min + 1));
    }

    /** One of two numbers. */
    int limit(int one, int other) {
        return random.nextBoolean() ? one : other;
    }

    /** A random float in [from, to). */
    float number(double from, double to) {
        return (float) (from + (to - from) * random.nextDouble());
    }

    /**
     * An epilogue under which sums of {@code k} products fill the range of {@code out} and a little more. Its floor may
     * lie above zero, which padding lanes must not show, and its ceiling below the largest value.
     */
    Constants.Epilogue epilogue(ElementType out, int channels, int k) {
        float[] m = new float[(channels + 15) / 16 * 16];
        float[] b = new float[m.length];
        for (int c = 0; c < channels; c++) {
            m[c] = number(0.5, 1.5) * (float) (150 / (Math.sqrt(k) * 73 * 100));
            b[c] = number(-40, 40);
        }
        return new Constants.Epilogue(m, b, floor(out), ceiling(out), number(0.2, 0.9));
    }

    /** A lower clamp: that of the type, zero, or above zero. */
    float floor(ElementType out) {
        float lowest = out.isInteger() ? out.min() : Float.NEGATIVE_INFINITY;
        return fill == Fill.EXTREME ? 3 : List.of(lowest, 0f, 3f).get(random.nextInt(3));
    }

    /** An upper clamp: that of the type, or a lower one. */
    private float ceiling(ElementType out) {
        float highest = out.isInteger() ? out.max() : Float.POSITIVE_INFINITY;
        return fill == Fill.EXTREME || random.nextInt(3) == 0 ? 60 : highest;
    }

    /** Where a kernel is to write. */
    static byte[] garbage(int bytes) {
        byte[] output = new byte[bytes];
        Arrays.fill(output, GARBAGE);
        return output;
    }

    static int value(ElementType type, byte bits) {
        return type == ElementType.U8 ? Byte.toUnsignedInt(bits) : bits;
    }

    /** An element of an operand that may be absent. */
    static OptionalInt at(Optional<ElementType> type, Optional<byte[]> operand, int index) {
        return type.isEmpty() ? OptionalInt.empty() : OptionalInt.of(value(type.get(), operand.orElseThrow()[index]));
    }

    /** The epilogue of the arithmetic contract, before rounding. */
    static float result(Constants.Epilogue e, int lane, int sum, OptionalInt residual) {
        float value = Math.fma((float) sum, e.m()[lane], e.b()[lane]);
        if (residual.isPresent()) {
            value = Math.fma((float) residual.getAsInt(), e.r(), value);
        }
        return Math.min(Math.max(value, e.lo()), e.hi());
    }

    /** A result in memory: rounded if it is an integer. */
    static void put(ByteBuffer buffer, ElementType type, int index, float value) {
        if (type == ElementType.F32) {
            buffer.putFloat(4 * index, value);
        } else {
            buffer.put(index, (byte) Math.rint(value));
        }
    }

    /** A buffer of zeros for the expected result. */
    static ByteBuffer zeros(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
