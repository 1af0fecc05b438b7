// Of a lane and the one 4 further on, each with a word: the first gets the low halves of both words, the other the high halves, those of
// the first word low.
static __device__ __forceinline__ unsigned exchange_halves(unsigned word) {
    const unsigned other = __shfl_xor_sync(0xffffffffu, word, 4);
    return __byte_perm(word, other, threadIdx.x % 8 < 4 ? 0x5410 : 0x3276);
}
