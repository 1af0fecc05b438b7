// Four floats.
static __device__ __forceinline__ float4 floats_f32(const float* lanes) {
    return __ldg((const float4*)lanes);
}
