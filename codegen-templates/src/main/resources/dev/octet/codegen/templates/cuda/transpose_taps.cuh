// Does for weights what transpose does for activations; where those have bytes without meaning, the weights are zero. Words of
// rows beyond must be zero.
static __device__ __forceinline__ void transpose_taps(unsigned* words, int rows) {
    if (rows == 1) {
        words[1] = words[0] & 0xff00u;
        words[2] = words[0] & 0xff0000u;
        words[3] = words[0] & 0xff000000u;
        words[0] &= 0xffu;
    } else {
        transpose(words, 4);
    }
}
