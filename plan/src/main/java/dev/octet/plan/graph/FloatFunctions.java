package dev.octet.plan.graph;

/**
 * Functions of floats by sums, products, fused multiply-adds and quotients that IEEE 754 rounds, in a fixed order, so that
 * every device that has these operations gives the same bits. {@code docs/arithmetic.md} states the order; the CUDA source
 * repeats it line by line. Coefficients are minimax fits of relative error, weighted least squares with Lawson's iteration,
 * rounded to float.
 *
 * <p>Arguments are finite.
 */
final class FloatFunctions {
    private static final float LOG2_E = 1.442695f;

    /** ln 2 in two parts; the first has so few bits that its products with small integers are exact. */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;

    /** 1.5 * 2^23: added to a small float, it leaves the nearest integer in the lowest bits. */
    private static final float ROUNDER = 12582912f;

    /** Below, a float holds no power of e; above, neither. */
    private static final float LEAST = -104;

    private static final float MOST = 89;

    /** Beyond, the tail of the normal distribution is below the smallest float. */
    private static final float TAIL = 15;

    private FloatFunctions() {}

    /** e to the x. */
    static float exp(float x) {
        float in = x < LEAST ? LEAST : x > MOST ? MOST : x;
        float steps = Math.fma(in, LOG2_E, ROUNDER);
        int n = Float.floatToRawIntBits(steps) - Float.floatToRawIntBits(ROUNDER);
        float p = 1f + reduced(in, steps - ROUNDER);
        int half = n >> 1;
        return p * powerOfTwo(half) * powerOfTwo(n - half);
    }

    /** e to the x, less 1, for x of at most 0. */
    static float expm1(float x) {
        float in = x < LEAST ? LEAST : x;
        float steps = Math.fma(in, LOG2_E, ROUNDER);
        int n = Float.floatToRawIntBits(steps) - Float.floatToRawIntBits(ROUNDER);
        float scale = powerOfTwo(n < -126 ? -126 : n);
        return Math.fma(scale, reduced(in, steps - ROUNDER), scale - 1f);
    }

    /** e to the r, less 1, where r is x less n times ln 2, at most half of ln 2. */
    private static float reduced(float x, float n) {
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float q = Math.fma(0x1.6a2254p-10f, r, 0x1.123b04p-7f);
        q = Math.fma(q, r, 0x1.5558f8p-5f);
        q = Math.fma(q, r, 0x1.555490p-3f);
        q = Math.fma(q, r, 0x1.fffffcp-2f);
        return Math.fma(r * r, q, r);
    }

    private static float powerOfTwo(int n) {
        return Float.intBitsToFloat((n + 127) << 23);
    }

    /** 1 / (1 + e to the -x). */
    static float sigmoid(float x) {
        float e = exp(-Math.abs(x));
        return (x < 0 ? e : 1f) / (1f + e);
    }

    /** Hyperbolic tangent. */
    static float tanh(float x) {
        float e = expm1(-2f * Math.abs(x));
        float t = -e / (2f + e);
        return x < 0 ? -t : t;
    }

    /** x times the share of a normal distribution below x. */
    static float gelu(float x) {
        float a = Math.abs(x);
        float upper = tail(a > TAIL ? TAIL : a);
        return x < 0 ? x * upper : Math.fma(-x, upper, x);
    }

    /**
     * Share of a normal distribution above a: {@code exp(-a*a/2)} times a polynomial of {@code 1/(1 + 0.35a)}. What the
     * square loses to rounding is multiplied in afterwards.
     */
    private static float tail(float a) {
        float square = a * a;
        float lost = Math.fma(a, a, -square);
        float e = exp(-0.5f * square);
        e = Math.fma(e, -0.5f * lost, e);
        float t = 1f / Math.fma(0.35f, a, 1f);
        float p = Math.fma(-0.02916381135582924f, t, 0.14406026899814606f);
        p = Math.fma(p, t, -0.2559008002281189f);
        p = Math.fma(p, t, 0.15939177572727203f);
        p = Math.fma(p, t, -0.023263104259967804f);
        p = Math.fma(p, t, 0.10557451844215393f);
        p = Math.fma(p, t, 0.11981556564569473f);
        p = Math.fma(p, t, 0.13986432552337646f);
        p = Math.fma(p, t, 0.13962125778198242f);
        return p * t * e;
    }
}
