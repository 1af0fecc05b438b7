// Describes rows of 128 bytes in shared memory to the tensor cores: where they begin, a multiple of 1024 bytes; 1024 bytes from
// 8 rows to the next 8; and the swizzle of 128 bytes. 32 bytes of K further on is 2 more.
static __device__ __forceinline__ unsigned long long descriptor(const void* rows) {
    const unsigned address = (unsigned)__cvta_generic_to_shared(rows);
    return (1ull << 62) | (64ull << 32) | (1ull << 16) | address >> 4;
}
