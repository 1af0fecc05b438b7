// Loads four matrices of 8 rows by 16 bytes: lane l gives the address of row l % 8 of matrix l / 8, and receives of each
// matrix word l % 4 of row l / 4.
static __device__ __forceinline__ void load_matrices(unsigned* words, const void* row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
        : "=r"(words[0]), "=r"(words[1]), "=r"(words[2]), "=r"(words[3])
        : "r"((unsigned)__cvta_generic_to_shared(row)) : "memory");
}
