// The number that an unsigned byte stands for.
static __device__ __forceinline__ float number_u8(const char* lane, float scale) {
    return __fmul_rn(__int2float_rn(__ldg((const unsigned char*)lane)), scale);
}
