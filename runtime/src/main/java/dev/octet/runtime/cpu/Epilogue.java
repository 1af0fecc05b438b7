package dev.octet.runtime.cpu;

import dev.octet.plan.quant.Constants;

/**
 * Scale, bias, residual and clamp of accumulators, in the contract's order. Rounding follows when an integer tensor is
 * written; bounds of integer types are integers, so clamping first gives the same.
 *
 * @param m multiplier per output channel
 * @param b bias per output channel
 * @param lo lower clamp
 * @param hi upper clamp
 * @param r multiplier of the residual
 */
record Epilogue(float[] m, float[] b, float lo, float hi, float r) {
    static Epilogue of(Constants.Epilogue constants) {
        return new Epilogue(constants.m(), constants.b(), constants.lo(), constants.hi(), constants.r());
    }

    /** Finishes {@code length} accumulators of a channel in place. */
    void apply(float[] sums, int channel, int length) {
        float scale = m[channel];
        float bias = b[channel];
        float low = lo;
        float high = hi;
        for (int i = 0; i < length; i++) {
            sums[i] = Math.min(Math.max(Math.fma(sums[i], scale, bias), low), high);
        }
    }

    /** Finishes {@code length} accumulators of a channel in place, adding a residual. */
    void apply(float[] sums, float[] residual, int channel, int length) {
        float scale = m[channel];
        float bias = b[channel];
        float low = lo;
        float high = hi;
        float factor = r;
        for (int i = 0; i < length; i++) {
            float value = Math.fma(residual[i], factor, Math.fma(sums[i], scale, bias));
            sums[i] = Math.min(Math.max(value, low), high);
        }
    }
}
