// sum plus the four products of the unsigned bytes of activations and the signed bytes of weights.
static __device__ __forceinline__ int dp4a_u8(unsigned activations, int weights, int sum) {
    int result;
    asm("dp4a.u32.s32 %0, %1, %2, %3;" : "=r"(result) : "r"(activations), "r"(weights), "r"(sum));
    return result;
}
