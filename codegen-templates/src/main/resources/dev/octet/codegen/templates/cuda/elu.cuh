// x, or alpha (exp(x) - 1) where x is negative.
static __device__ __forceinline__ float elu(float x, float alpha) {
    return x < 0.0f ? __fmul_rn(alpha, negative_expm1(x)) : x;
}
