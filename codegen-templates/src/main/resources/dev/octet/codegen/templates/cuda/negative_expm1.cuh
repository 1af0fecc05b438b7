// e to the x, less 1, for x of at most 0.
static __device__ __forceinline__ float negative_expm1(float x) {
    const float in = x < -104.0f ? -104.0f : x;
    const float steps = __fmaf_rn(in, 1.442695f, 12582912.0f);
    const int n = __float_as_int(steps) - 0x4b400000;
    const float scale = power_of_two(n < -126 ? -126 : n);
    return __fmaf_rn(scale, reduced_expm1(in, __fadd_rn(steps, -12582912.0f)), __fadd_rn(scale, -1.0f));
}
