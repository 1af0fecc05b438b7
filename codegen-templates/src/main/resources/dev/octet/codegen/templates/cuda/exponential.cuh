// e to the x. 1.5 * 2^23, added to x log2(e), leaves the nearest integer n in the lowest bits; 2 to the n comes in two factors,
// so that a subnormal result is rounded once.
static __device__ __forceinline__ float exponential(float x) {
    const float in = x < -104.0f ? -104.0f : x > 89.0f ? 89.0f : x;
    const float steps = __fmaf_rn(in, 1.442695f, 12582912.0f);
    const int n = __float_as_int(steps) - 0x4b400000;
    const float p = __fadd_rn(1.0f, reduced_expm1(in, __fadd_rn(steps, -12582912.0f)));
    const int half = n >> 1;
    return __fmul_rn(__fmul_rn(p, power_of_two(half)), power_of_two(n - half));
}
