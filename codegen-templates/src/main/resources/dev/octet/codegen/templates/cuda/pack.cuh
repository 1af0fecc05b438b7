// Four floats, within the range of the byte type, rounded half to even and packed into a word, the first lowest. The sum with
// 1.5 * 2^23 has no bits below the ones, so that adding rounds, and the lowest byte of its bits is the integer's: quicker than
// four conversions.
static __device__ __forceinline__ unsigned pack(const float* values) {
    const unsigned x = __float_as_int(__fadd_rn(values[0], 12582912.0f));
    const unsigned y = __float_as_int(__fadd_rn(values[1], 12582912.0f));
    const unsigned z = __float_as_int(__fadd_rn(values[2], 12582912.0f));
    const unsigned w = __float_as_int(__fadd_rn(values[3], 12582912.0f));
    return __byte_perm(__byte_perm(x, y, 0x0040), __byte_perm(z, w, 0x0040), 0x5410);
}
