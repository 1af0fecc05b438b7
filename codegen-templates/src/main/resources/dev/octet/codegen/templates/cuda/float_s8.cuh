// Signed byte number index of a word, as a float. With its sign turned around it is 128 more, and the bits of 2^23 with that lowest
// are 2^23 more again: quicker than a conversion.
static __device__ __forceinline__ float float_s8(unsigned word, int index) {
    return __fadd_rn(__int_as_float(__byte_perm(word ^ 0x80808080u, 0x4b000000u, 0x7440 | index)), -8388736.0f);
}
