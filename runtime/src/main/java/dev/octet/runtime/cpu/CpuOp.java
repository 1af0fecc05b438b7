package dev.octet.runtime.cpu;

/** One operator of a loaded graph. A run consists of units that may run in any order and on any thread. */
interface CpuOp {
    /** Number of units for a batch. */
    int units(int batch);

    /** Computes one unit. */
    void run(int unit, Frame frame, Scratch scratch);

    /** Bytes of weights that the operator holds. */
    default long bytes() {
        return 0;
    }
}
