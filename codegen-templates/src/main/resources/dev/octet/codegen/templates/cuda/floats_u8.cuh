// The numbers that four unsigned bytes stand for.
static __device__ __forceinline__ float4 floats_u8(const char* lanes, float scale) {
    const unsigned word = __ldg((const unsigned*)lanes);
    return make_float4(__fmul_rn(float_u8(word, 0), scale), __fmul_rn(float_u8(word, 1), scale),
        __fmul_rn(float_u8(word, 2), scale), __fmul_rn(float_u8(word, 3), scale));
}
