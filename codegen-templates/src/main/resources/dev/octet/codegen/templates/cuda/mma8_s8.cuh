// Adds to 16 x 8 sums the product of 16 x 32 signed bytes of activations and 32 x 8 signed bytes of weights, as four products
// of 8 x 16 and 16 x 8 bytes, whose registers lie in a warp as mma.m8n8k16 wants them: the upper 8 rows and the lower ones
// with the first 16 bytes of K, then with the others.
static __device__ __forceinline__ void mma8_s8(int* sum, const unsigned* activations, const unsigned* weights) {
    for (int i = 0; i < 4; ++i) {
        asm("mma.sync.aligned.m8n8k16.row.col.s32.s8.s8.s32 {%0, %1}, {%2}, {%3}, {%0, %1};"
            : "+r"(sum[i % 2 * 2]), "+r"(sum[i % 2 * 2 + 1]) : "r"(activations[i]), "r"(weights[i / 2]));
    }
}
