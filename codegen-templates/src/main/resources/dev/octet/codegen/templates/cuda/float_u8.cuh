// Unsigned byte number index of a word, as a float. The bits of 2^23 with the byte lowest are 2^23 more than it: quicker than a
// conversion.
static __device__ __forceinline__ float float_u8(unsigned word, int index) {
    return __fadd_rn(__int_as_float(__byte_perm(word, 0x4b000000u, 0x7440 | index)), -8388608.0f);
}
