// Turns words of 4 lanes, one for each of up to 4 rows of taps, into words of taps, one a lane. Bytes of rows beyond have no
// meaning. A single row stays as it is: every lane finds its tap in its own byte.
static __device__ __forceinline__ void transpose(unsigned* words, int rows) {
    if (rows == 1) {
        words[1] = words[2] = words[3] = words[0];
    } else if (rows == 2) {
        const unsigned x = words[0], y = words[1];
        words[0] = __byte_perm(x, y, 0x4040);
        words[1] = __byte_perm(x, y, 0x5151);
        words[2] = __byte_perm(x, y, 0x6262);
        words[3] = __byte_perm(x, y, 0x7373);
    } else if (rows == 3) {
        const unsigned low = __byte_perm(words[0], words[1], 0x5140);
        const unsigned high = __byte_perm(words[0], words[1], 0x7362);
        const unsigned z = words[2];
        words[0] = __byte_perm(low, z, 0x4410);
        words[1] = __byte_perm(low, z, 0x5532);
        words[2] = __byte_perm(high, z, 0x6610);
        words[3] = __byte_perm(high, z, 0x7732);
    } else {
        const unsigned low = __byte_perm(words[0], words[1], 0x5140), lower = __byte_perm(words[2], words[3], 0x5140);
        const unsigned high = __byte_perm(words[0], words[1], 0x7362), higher = __byte_perm(words[2], words[3], 0x7362);
        words[0] = __byte_perm(low, lower, 0x5410);
        words[1] = __byte_perm(low, lower, 0x7632);
        words[2] = __byte_perm(high, higher, 0x5410);
        words[3] = __byte_perm(high, higher, 0x7632);
    }
}
