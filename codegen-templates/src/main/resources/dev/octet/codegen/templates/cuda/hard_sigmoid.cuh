// min(max(x + 3, 0), 6) / 6.
static __device__ __forceinline__ float hard_sigmoid(float x) {
    return __fdiv_rn(relu6(__fadd_rn(x, 3.0f)), 6.0f);
}
