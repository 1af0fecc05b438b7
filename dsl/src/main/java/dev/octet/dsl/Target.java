package dev.octet.dsl;

/** A family of GPUs. Kernels for a target run on every later compute capability too, but those for {@link #SM_90A}. */
public enum Target {
    /** Compute capability 6.1 and later, four-way integer dot products. */
    SM_61,
    /** Compute capability 7.5 and later, integer tensor cores. */
    SM_75,
    /** Compute capability 8.0 and later, larger products on integer tensor cores, and asynchronous copies. */
    SM_80,
    /**
     * Compute capability 9.0 alone, Hopper: products of whole warpgroups, and kernels that begin while others end. Needs CUDA
     * 12.4 or newer.
     */
    SM_90A
}
