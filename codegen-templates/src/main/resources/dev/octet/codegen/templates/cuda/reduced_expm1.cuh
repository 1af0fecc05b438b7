// e to the r, less 1, where r is x less n times ln 2, at most half of ln 2.
static __device__ __forceinline__ float reduced_expm1(float x, float n) {
    const float r = __fmaf_rn(n, 2.12194440e-4f, __fmaf_rn(n, -0.693359375f, x));
    float q = __fmaf_rn(0x1.6a2254p-10f, r, 0x1.123b04p-7f);
    q = __fmaf_rn(q, r, 0x1.5558f8p-5f);
    q = __fmaf_rn(q, r, 0x1.555490p-3f);
    q = __fmaf_rn(q, r, 0x1.fffffcp-2f);
    return __fmaf_rn(__fmul_rn(r, r), q, r);
}
