// Waits until all threads of this thread's warpgroup are here, and sees what they wrote.
static __device__ __forceinline__ void meet_warpgroup(int group) {
    asm volatile("bar.sync %0, 128;" :: "r"(group + 1) : "memory");
}
