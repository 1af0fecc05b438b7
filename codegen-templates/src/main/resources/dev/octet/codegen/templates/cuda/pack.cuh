// Four floats, within the range of the byte type, rounded half to even and packed into a word, the first lowest.
static __device__ __forceinline__ unsigned pack(const float* values) {
    return (__float2int_rn(values[0]) & 255u) | (__float2int_rn(values[1]) & 255u) << 8
        | (__float2int_rn(values[2]) & 255u) << 16 | (__float2int_rn(values[3]) & 255u) << 24;
}
