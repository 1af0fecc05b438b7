// Waits until the kernels before this one have ended and what they wrote can be read.
static __device__ __forceinline__ void await_predecessor() {
    asm volatile("griddepcontrol.wait;" ::: "memory");
}
