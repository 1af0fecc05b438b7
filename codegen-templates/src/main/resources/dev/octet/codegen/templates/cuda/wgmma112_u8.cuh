// Begins to add to 64 x 112 sums of a warpgroup, or to replace them by, the product of 64 x 32 signed bytes of weights and
// 32 x 112 unsigned bytes of activations in shared memory. Thread t has the columns 8j + 2(t % 4) + e (e = 0, 1) of the rows t / 4 and t / 4 + 8
// of the 16 rows of its warp, in sum[4j + e] and sum[4j + 2 + e].
static __device__ __forceinline__ void wgmma112_u8(
        int* sum, unsigned long long weights, unsigned long long activations, bool add) {
    asm volatile("{\n"
        ".reg .pred accumulate;\n"
        "setp.ne.b32 accumulate, %58, 0;\n"
        "wgmma.mma_async.sync.aligned.m64n112k32.s32.s8.u8 "
        "{%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, "
        "%16, %17, %18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, "
        "%32, %33, %34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, "
        "%48, %49, %50, %51, %52, %53, %54, %55}, "
        "%56, %57, accumulate;\n"
        "}\n"
        : "+r"(sum[0]), "+r"(sum[1]), "+r"(sum[2]), "+r"(sum[3]), "+r"(sum[4]), "+r"(sum[5]),
          "+r"(sum[6]), "+r"(sum[7]), "+r"(sum[8]), "+r"(sum[9]), "+r"(sum[10]), "+r"(sum[11]),
          "+r"(sum[12]), "+r"(sum[13]), "+r"(sum[14]), "+r"(sum[15]), "+r"(sum[16]), "+r"(sum[17]),
          "+r"(sum[18]), "+r"(sum[19]), "+r"(sum[20]), "+r"(sum[21]), "+r"(sum[22]), "+r"(sum[23]),
          "+r"(sum[24]), "+r"(sum[25]), "+r"(sum[26]), "+r"(sum[27]), "+r"(sum[28]), "+r"(sum[29]),
          "+r"(sum[30]), "+r"(sum[31]), "+r"(sum[32]), "+r"(sum[33]), "+r"(sum[34]), "+r"(sum[35]),
          "+r"(sum[36]), "+r"(sum[37]), "+r"(sum[38]), "+r"(sum[39]), "+r"(sum[40]), "+r"(sum[41]),
          "+r"(sum[42]), "+r"(sum[43]), "+r"(sum[44]), "+r"(sum[45]), "+r"(sum[46]), "+r"(sum[47]),
          "+r"(sum[48]), "+r"(sum[49]), "+r"(sum[50]), "+r"(sum[51]), "+r"(sum[52]), "+r"(sum[53]),
          "+r"(sum[54]), "+r"(sum[55])
        : "l"(weights), "l"(activations), "r"((int)add)
        : "memory");
}
