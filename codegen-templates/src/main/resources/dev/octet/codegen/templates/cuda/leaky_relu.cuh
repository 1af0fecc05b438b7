// x, or alpha x where x is negative.
static __device__ __forceinline__ float leaky_relu(float x, float alpha) {
    return x < 0.0f ? __fmul_rn(alpha, x) : x;
}
