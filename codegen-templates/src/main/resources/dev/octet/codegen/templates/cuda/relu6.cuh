// min(max(x, 0), 6).
static __device__ __forceinline__ float relu6(float x) {
    return fminf(fmaxf(x, 0.0f), 6.0f);
}
