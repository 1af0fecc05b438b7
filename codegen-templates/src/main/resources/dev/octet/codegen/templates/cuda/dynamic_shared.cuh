// The shared memory whose size the launch decides; it begins at a multiple of 1024 bytes.
static __device__ __forceinline__ uint4* dynamic_shared() {
    extern __shared__ __align__(1024) uint4 memory[];
    return memory;
}
