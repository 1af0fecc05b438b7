// sum plus the four products of the signed bytes of activations and of weights.
static __device__ __forceinline__ int dp4a_s8(unsigned activations, int weights, int sum) {
    int result;
    asm("dp4a.s32.s32 %0, %1, %2, %3;" : "=r"(result) : "r"(activations), "r"(weights), "r"(sum));
    return result;
}
