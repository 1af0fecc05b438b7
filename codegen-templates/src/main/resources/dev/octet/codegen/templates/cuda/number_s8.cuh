// The number that a signed byte stands for.
static __device__ __forceinline__ float number_s8(const char* lane, float scale) {
    return __fmul_rn(__int2float_rn(__ldg((const signed char*)lane)), scale);
}
