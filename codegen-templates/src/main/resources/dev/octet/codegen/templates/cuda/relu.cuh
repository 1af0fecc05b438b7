// max(x, 0).
static __device__ __forceinline__ float relu(float x) {
    return fmaxf(x, 0.0f);
}
