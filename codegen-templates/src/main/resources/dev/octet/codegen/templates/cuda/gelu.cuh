// x times the share of a normal distribution below x.
static __device__ __forceinline__ float gelu(float x) {
    const float a = fabsf(x);
    const float upper = normal_tail(a > 15.0f ? 15.0f : a);
    return x < 0.0f ? __fmul_rn(x, upper) : __fmaf_rn(-x, upper, x);
}
