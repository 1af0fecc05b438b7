// Activation and saturation in one.
static __device__ __forceinline__ float clamp(float value, float lo, float hi) {
    return fminf(fmaxf(value, lo), hi);
}
