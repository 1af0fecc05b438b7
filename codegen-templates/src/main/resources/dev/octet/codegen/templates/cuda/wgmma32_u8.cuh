// Begins to add to 64 x 32 sums of a warpgroup, or to replace them by, the product of 64 x 32 signed bytes of weights and
// 32 x 32 unsigned bytes of activations in shared memory. Thread t has the columns 8j + 2(t % 4) + e (e = 0, 1) of the rows t / 4 and t / 4 + 8
// of the 16 rows of its warp, in sum[4j + e] and sum[4j + 2 + e].
static __device__ __forceinline__ void wgmma32_u8(
        int* sum, unsigned long long weights, unsigned long long activations, bool add) {
    asm volatile("{\n"
        ".reg .pred accumulate;\n"
        "setp.ne.b32 accumulate, %18, 0;\n"
        "wgmma.mma_async.sync.aligned.m64n32k32.s32.s8.u8 "
        "{%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15}, "
        "%16, %17, accumulate;\n"
        "}\n"
        : "+r"(sum[0]), "+r"(sum[1]), "+r"(sum[2]), "+r"(sum[3]), "+r"(sum[4]), "+r"(sum[5]),
          "+r"(sum[6]), "+r"(sum[7]), "+r"(sum[8]), "+r"(sum[9]), "+r"(sum[10]), "+r"(sum[11]),
          "+r"(sum[12]), "+r"(sum[13]), "+r"(sum[14]), "+r"(sum[15])
        : "l"(weights), "l"(activations), "r"((int)add)
        : "memory");
}
