package dev.octet.simulator;

/**
 * How to simulate.
 *
 * @param threads threads that execute blocks
 * @param instructionsPerBlock instructions, counted by warp, after which a block is taken to be in a loop without end
 * @param memoryBytes memory of the device; the heap needs twice as much, and up to 25 times in a launch
 */
public record SimulatorOptions(int threads, long instructionsPerBlock, long memoryBytes) {
    private static final long INSTRUCTIONS = 200_000_000;

    /**
     * Bytes of the heap for each byte of memory: 25 that are used, namely the byte itself, whether it was written, and
     * during a launch both as they were before, which two blocks and threads wrote it, which block read it, and whether it
     * was read as constant; the others for blocks, modules and whoever else lives in the heap.
     */
    private static final int HEAP_BYTES = 32;

    public SimulatorOptions {
        if (threads < 1 || instructionsPerBlock < 1 || memoryBytes < 0) {
            throw new IllegalArgumentException("threads, instructions and memory are positive");
        }
    }

    /** A thread for each processor, and as much memory as fits into the heap even if a launch uses all of it. */
    public static SimulatorOptions defaults() {
        Runtime host = Runtime.getRuntime();
        return new SimulatorOptions(host.availableProcessors(), INSTRUCTIONS, host.maxMemory() / HEAP_BYTES);
    }

    /** The same with another number of threads. */
    public SimulatorOptions withThreads(int count) {
        return new SimulatorOptions(count, instructionsPerBlock, memoryBytes);
    }

    /** The same with another size of memory. */
    public SimulatorOptions withMemoryBytes(long bytes) {
        return new SimulatorOptions(threads, instructionsPerBlock, bytes);
    }

    /** The same with another limit of instructions. */
    public SimulatorOptions withInstructionsPerBlock(long count) {
        return new SimulatorOptions(threads, count, memoryBytes);
    }
}
