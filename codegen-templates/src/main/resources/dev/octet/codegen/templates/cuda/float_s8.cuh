// Signed byte number index of a word, as a float.
static __device__ __forceinline__ float float_s8(unsigned word, int index) {
    return __int2float_rn((int)(signed char)(word >> 8 * index));
}
