// x min(max(x + 3, 0), 6) / 6.
static __device__ __forceinline__ float hard_swish(float x) {
    return __fmul_rn(x, hard_sigmoid(x));
}
