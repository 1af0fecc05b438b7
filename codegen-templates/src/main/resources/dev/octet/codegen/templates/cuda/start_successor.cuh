// Lets the next kernel begin as soon as all blocks of this one have: it waits itself for what this one writes.
static __device__ __forceinline__ void start_successor() {
    asm volatile("griddepcontrol.launch_dependents;" ::: "memory");
}
