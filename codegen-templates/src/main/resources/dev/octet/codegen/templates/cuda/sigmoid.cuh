// 1 / (1 + exp(-x)).
static __device__ __forceinline__ float sigmoid(float x) {
    const float e = exponential(-fabsf(x));
    return __fdiv_rn(x < 0.0f ? e : 1.0f, __fadd_rn(1.0f, e));
}
