// x / (1 + exp(-x)).
static __device__ __forceinline__ float swish(float x) {
    return __fmul_rn(x, sigmoid(x));
}
