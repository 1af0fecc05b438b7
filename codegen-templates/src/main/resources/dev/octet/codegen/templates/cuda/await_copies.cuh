// Waits until all groups of this thread have arrived but the last few.
template <int PENDING>
static __device__ __forceinline__ void await_copies() {
    asm volatile("cp.async.wait_group %0;" :: "n"(PENDING) : "memory");
}
