// Makes a group of the copies that this thread has begun since its last group; it may be empty.
static __device__ __forceinline__ void commit_copies() {
    asm volatile("cp.async.commit_group;" ::: "memory");
}
