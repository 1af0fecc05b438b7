// Writes four floats.
static __device__ __forceinline__ void store_f32(float* lanes, const float* values) {
    *(float4*)lanes = make_float4(values[0], values[1], values[2], values[3]);
}
