// Shows the copies of this thread that have arrived in shared memory to the tensor cores, which read it on a way of their own.
static __device__ __forceinline__ void show_copies() {
    asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
}
