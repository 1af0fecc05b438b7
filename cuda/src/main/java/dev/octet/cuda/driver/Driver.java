package dev.octet.cuda.driver;

import java.util.List;

/** A CUDA driver, initialised: that of this machine, or one that stands for it. Thread-safe. */
public interface Driver {
    /** CUDA version of the driver times 1000, minor times 10: 13000 is CUDA 13.0. */
    int version();

    /** Whether the times of its events are those of a GPU. */
    default boolean hasClock() {
        return true;
    }

    /** The devices, by ordinal. */
    List<Gpu> gpus();

    /** Retains the primary context of a device, which other libraries of the process share. */
    Context retain(int ordinal);

    /**
     * A device.
     *
     * @param ordinal number by which the driver knows it in this process
     * @param name product name
     * @param capability ten times the major plus the minor compute capability
     * @param memoryBytes size of its memory
     * @param sharedBytes most shared memory of a block, for kernels that ask for it
     */
    record Gpu(int ordinal, String name, int capability, long memoryBytes, int sharedBytes) {}
}
