// Waits until all products of this warpgroup are in its sums, 16 of each thread.
static __device__ __forceinline__ void await_products16(int* sum) {
    asm volatile("wgmma.wait_group.sync.aligned 0;"
        : "+r"(sum[0]), "+r"(sum[1]), "+r"(sum[2]), "+r"(sum[3]), "+r"(sum[4]), "+r"(sum[5]),
          "+r"(sum[6]), "+r"(sum[7]), "+r"(sum[8]), "+r"(sum[9]), "+r"(sum[10]), "+r"(sum[11]),
          "+r"(sum[12]), "+r"(sum[13]), "+r"(sum[14]), "+r"(sum[15])
        :
        : "memory");
}
