// Begins to copy 16 bytes from global to shared memory, or to write 16 zeros there. The source is read only if inside.
static __device__ __forceinline__ void copy_async(void* shared, const void* global, bool inside) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;"
        :: "r"((unsigned)__cvta_generic_to_shared(shared)), "l"(global), "r"(inside ? 16 : 0) : "memory");
}
