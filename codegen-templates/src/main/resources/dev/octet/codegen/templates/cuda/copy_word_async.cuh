// Begins to copy 4 bytes from global to shared memory, or to write a zero there. The source is read only if inside.
static __device__ __forceinline__ void copy_word_async(unsigned* shared, const unsigned* global, bool inside) {
    asm volatile("cp.async.ca.shared.global [%0], [%1], 4, %2;"
        :: "r"((unsigned)__cvta_generic_to_shared(shared)), "l"(global), "r"(inside ? 4 : 0) : "memory");
}
