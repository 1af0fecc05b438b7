package dev.octet.cuda.gpu;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import java.util.SplittableRandom;

/** What the elements of an operand are. */
enum Fill {
    /** Any value of the type. */
    RANDOM {
        @Override
        int value(ElementType type, int channel, int pixel, SplittableRandom random) {
            return random.nextInt(type.min(), type.max() + 1);
        }
    },
    /** All at the upper end. */
    HIGHEST {
        @Override
        int value(ElementType type, int channel, int pixel, SplittableRandom random) {
            return type.max();
        }
    },
    /** All at the lower end. */
    LOWEST {
        @Override
        int value(ElementType type, int channel, int pixel, SplittableRandom random) {
            return type.min();
        }
    },
    /** Each at one of the two ends. */
    ENDS {
        @Override
        int value(ElementType type, int channel, int pixel, SplittableRandom random) {
            return random.nextBoolean() ? type.max() : type.min();
        }
    },
    /** Whole channels at the ends in turn, the others at zero. */
    PLANES {
        @Override
        int value(ElementType type, int channel, int pixel, SplittableRandom random) {
            int[] ends = {type.max(), type.min(), 0};
            return ends[channel % ends.length];
        }
    },
    /** Neighbouring elements at different ends. */
    CHEQUERS {
        @Override
        int value(ElementType type, int channel, int pixel, SplittableRandom random) {
            return (channel + pixel) % 2 == 0 ? type.max() : type.min();
        }
    },
    /** All as small as a byte can be: for signed ones -128, which no kernel writes but every one must read right. */
    SMALLEST_BYTE {
        @Override
        int value(ElementType type, int channel, int pixel, SplittableRandom random) {
            return type == ElementType.S8 ? Byte.MIN_VALUE : 0;
        }
    };

    /** So large that sums of many stay finite. */
    private static final double HUGE = 1e30;

    abstract int value(ElementType type, int channel, int pixel, SplittableRandom random);

    /**
     * Floats in (channel, row, column) order: halves of what a byte would be, and at random infinities and what is no
     * number.
     */
    float[] floats(Shape shape, SplittableRandom random) {
        int[] halves = values(ElementType.S8, shape, random);
        float[] floats = new float[halves.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = switch (this == RANDOM ? random.nextInt(20) : 3) {
                case 0 -> Float.NaN;
                case 1 -> Float.POSITIVE_INFINITY;
                case 2 -> Float.NEGATIVE_INFINITY;
                default -> halves[i] / 64f;
            };
        }
        return floats;
    }

    /**
     * Finite floats in (channel, row, column) order, as layers in FP32 hand them to each other: halves of what a byte would
     * be, and at random numbers of all sizes, both zeros and subnormal ones among them.
     */
    float[] numbers(Shape shape, SplittableRandom random) {
        int[] halves = values(ElementType.S8, shape, random);
        float[] numbers = new float[halves.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (this == RANDOM ? random.nextInt(16) : 15) {
                case 0 -> 0;
                case 1 -> -0f;
                case 2 -> Float.MIN_VALUE * random.nextInt(-1 << 20, 1 << 20);
                case 3 -> (float) random.nextDouble(-HUGE, HUGE);
                case 4, 5 -> (float) random.nextDouble(-110, 110);
                case 6, 7 -> (float) random.nextDouble(-1e-3, 1e-3);
                case 8, 9, 10 -> (float) random.nextDouble(-2, 2);
                default -> halves[i] / 64f;
            };
        }
        return numbers;
    }

    /** Values in (channel, row, column) order. */
    int[] values(ElementType type, Shape shape, SplittableRandom random) {
        int[] values = new int[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(type, i / shape.pixels(), i % shape.pixels(), random);
        }
        return values;
    }
}
