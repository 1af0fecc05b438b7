// A float.
static __device__ __forceinline__ float number_f32(const float* lane) {
    return __ldg(lane);
}
