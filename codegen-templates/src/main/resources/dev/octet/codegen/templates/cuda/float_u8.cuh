// Unsigned byte number index of a word, as a float.
static __device__ __forceinline__ float float_u8(unsigned word, int index) {
    return __int2float_rn((int)(unsigned char)(word >> 8 * index));
}
