// Describes pieces of 16 bytes in shared memory to the tensor cores, without a swizzle: where they begin; 8 rows of one piece each
// that stand together, and the pieces from their first to that of the next 8. How far behind the first piece of a row the
// second is comes from next_piece. One piece further on is 1 more.
static __device__ __forceinline__ unsigned long long plain_descriptor(const void* rows, int toNextEight) {
    const unsigned address = (unsigned)__cvta_generic_to_shared(rows);
    return (unsigned long long)toNextEight << 32 | address >> 4;
}
static __device__ __forceinline__ unsigned long long next_piece(int pieces) {
    return (unsigned long long)pieces << 16;
}
