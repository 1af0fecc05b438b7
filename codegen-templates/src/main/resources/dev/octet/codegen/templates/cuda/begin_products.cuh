// Orders the products that follow behind what the registers of their sums held before.
static __device__ __forceinline__ void begin_products() {
    asm volatile("wgmma.fence.sync.aligned;" ::: "memory");
}
