package dev.octet.simulator;

/**
 * How to simulate.
 *
 * @param threads threads that execute blocks
 * @param instructionsPerBlock instructions, counted by warp, after which a block is taken to be in a loop without end
 * @param memoryBytes memory of the device; the heap needs twice as much, and up to nine times in a launch
 */
public record SimulatorOptions(int threads, long instructionsPerBlock, long memoryBytes) {
    private static final long INSTRUCTIONS = 200_000_000;

    public SimulatorOptions {
        if (threads < 1 || instructionsPerBlock < 1 || memoryBytes < 0) {
            throw new IllegalArgumentException("threads, instructions and memory are positive");
        }
    }

    /** A thread for each processor, and a third of the host's memory. */
    public static SimulatorOptions defaults() {
        Runtime host = Runtime.getRuntime();
        return new SimulatorOptions(host.availableProcessors(), INSTRUCTIONS, host.maxMemory() / 3);
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
