// Adds to 16 x 8 sums the product of 16 x 32 unsigned bytes of activations and 32 x 8 signed bytes of weights, which lie in the
// registers of a warp as mma.m16n8k32 wants them.
static __device__ __forceinline__ void mma_u8(int* sum, const unsigned* activations, const unsigned* weights) {
    asm("mma.sync.aligned.m16n8k32.row.col.s32.u8.s8.s32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+r"(sum[0]), "+r"(sum[1]), "+r"(sum[2]), "+r"(sum[3])
        : "r"(activations[0]), "r"(activations[1]), "r"(activations[2]), "r"(activations[3]), "r"(weights[0]), "r"(weights[1]));
}
