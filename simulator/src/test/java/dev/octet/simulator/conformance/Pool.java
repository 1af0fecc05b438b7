package dev.octet.simulator.conformance;

import java.util.Random;

/** Operands of a kind: boundary values, and random ones between. */
enum Pool {
    /** Integers of all widths. */
    INTEGERS(
            0,
            1,
            -1,
            2,
            127,
            128,
            255,
            256,
            0x7fff,
            0x8000,
            0xffff,
            0x1_0000,
            0x7fff_ffffL,
            0x8000_0000L,
            0xffff_ffffL,
            0x8000_0001L,
            0x1_0000_0000L,
            0x8080_7f7fL,
            0xffff_ff80L,
            0xffff_8000L,
            0xffff_ffff_8000_0000L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            0x1234_5678_9abc_def0L),
    /** Integers that are never zero in their low 16 bits. */
    DIVISORS(1, -1, 2, 3, 7, 255, 0x7fff, 0x8001, 0x7fff_ffffL, 0x8000_0001L, Long.MAX_VALUE, 0x1234_5678_9abcL) {
        @Override
        long random(Random random) {
            return random.nextLong() >> 16 * random.nextInt(4) | 1;
        }
    },
    /** Amounts of shifts, positions and lengths. */
    AMOUNTS(
            0,
            1,
            7,
            8,
            15,
            16,
            17,
            31,
            32,
            33,
            47,
            63,
            64,
            65,
            127,
            128,
            255,
            256,
            257,
            288,
            0x7fff_ffffL,
            0x8000_0000L,
            -1) {
        @Override
        long random(Random random) {
            return random.nextInt(70);
        }
    },
    /** Small numbers, of which many are equal. */
    FEW(0, 1) {
        @Override
        long random(Random random) {
            return random.nextInt(4) * 0x1_0000_0001L;
        }
    },
    /** Floats: zeros, subnormal numbers, ones, limits, infinities and NaNs, and random bits. */
    FLOATS(
            0,
            0x8000_0000L,
            1,
            0x8000_0001L,
            0x007f_ffffL,
            0x807f_ffffL,
            0x0080_0000L,
            0x8080_0000L,
            0x3f80_0000L,
            0xbf80_0000L,
            0x3f7f_ffffL,
            0x3f80_0001L,
            0x3f00_0000L,
            0x1f80_0000L,
            0x7f7f_ffffL,
            0xff7f_ffffL,
            0x7f80_0000L,
            0xff80_0000L,
            0x7fc0_0000L,
            0xffc0_0000L,
            0x7f80_0001L,
            0xffab_cdefL,
            0x7fff_ffffL,
            0x4049_0fdbL),
    /** Floats about halves and limits of integers. */
    HALVES(
            0,
            0x8000_0000L,
            1,
            0x8000_0001L,
            0x3eff_ffffL,
            0x3f00_0000L,
            0x3f00_0001L,
            0xbf00_0000L,
            0xbf00_0001L,
            0x3f7f_ffffL,
            0x3fc0_0000L,
            0xbfc0_0000L,
            0x4020_0000L,
            0xc020_0000L,
            0x42fe_0000L,
            0x42fe_ffffL,
            0x42ff_0000L,
            0x42ff_0001L,
            0xc300_0000L,
            0xc300_8000L,
            0xc301_0000L,
            0x437f_0000L,
            0x437f_8000L,
            0x4380_0000L,
            0x46ff_fe00L,
            0x46ff_ff00L,
            0xc700_0080L,
            0x477f_ff80L,
            0x4aff_ffffL,
            0x4b00_0001L,
            0x4b7f_ffffL,
            0x4eff_ffffL,
            0x4f00_0000L,
            0xcf00_0000L,
            0xcf00_0001L,
            0x4f7f_ffffL,
            0x4f80_0000L,
            0x5eff_ffffL,
            0x5f00_0000L,
            0xdf00_0000L,
            0xdf00_0001L,
            0x5f7f_ffffL,
            0x5f80_0000L,
            0x7f80_0000L,
            0xff80_0000L,
            0x7fc0_0000L,
            0xff80_0001L) {
        @Override
        long random(Random random) {
            float quarters = random.nextInt(1 << 2 + random.nextInt(16)) / 4f;
            return Float.floatToRawIntBits(random.nextBoolean() ? quarters : -quarters);
        }
    };

    private final long[] special;

    Pool(long... special) {
        this.special = special;
    }

    long random(Random random) {
        return random.nextLong();
    }

    /** Every special value at least once where there is room for them, then special and random ones. */
    long[] values(int count, Random random) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            boolean isSpecial = i < special.length || random.nextInt(3) > 0;
            values[i] = isSpecial ? special[i < special.length ? i : random.nextInt(special.length)] : random(random);
        }
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long value = values[i];
            values[i] = values[other];
            values[other] = value;
        }
        return values;
    }
}
