// Four floats, within the range of the byte type, rounded half to even and packed into a word, the first lowest. Added to 3 * 2^22
// a number is rounded, and its bits are the lowest of the sum's.
static __device__ __forceinline__ unsigned pack_rounded(const float* values) {
    const unsigned low = __byte_perm(__float_as_int(__fadd_rn(values[0], 12582912.0f)),
        __float_as_int(__fadd_rn(values[1], 12582912.0f)), 0x0040);
    const unsigned high = __byte_perm(__float_as_int(__fadd_rn(values[2], 12582912.0f)),
        __float_as_int(__fadd_rn(values[3], 12582912.0f)), 0x0040);
    return __byte_perm(low, high, 0x5410);
}
