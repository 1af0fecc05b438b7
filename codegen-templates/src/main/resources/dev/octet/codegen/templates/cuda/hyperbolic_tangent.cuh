// Hyperbolic tangent.
static __device__ __forceinline__ float hyperbolic_tangent(float x) {
    const float e = negative_expm1(__fmul_rn(-2.0f, fabsf(x)));
    const float t = __fdiv_rn(-e, __fadd_rn(2.0f, e));
    return x < 0.0f ? -t : t;
}
