package dev.octet.simulator;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.decode.EntryDecoder;
import dev.octet.simulator.execute.GlobalMemory;
import dev.octet.simulator.execute.Grid;
import dev.octet.simulator.execute.Launch;
import dev.octet.simulator.execute.Program;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A simulated device: memory, and threads that execute launches one after the other. Results, and errors too, are the
 * same whatever the number of threads. Thread-safe.
 */
public final class Simulator implements AutoCloseable {
    private static final int MOST_THREADS = 1024;

    /** Part of the heap for the blocks that run at the same time. */
    private static final int BLOCKS_PART = 8;

    private final SimulatorOptions options;
    private final GlobalMemory memory;
    private final ExecutorService executor;

    /** A device with a thread for each processor. */
    public Simulator() {
        this(SimulatorOptions.defaults());
    }

    /** A device. */
    public Simulator(SimulatorOptions options) {
        this.options = options;
        this.memory = new GlobalMemory(options.memoryBytes());
        this.executor = Executors.newFixedThreadPool(options.threads(), task -> {
            Thread thread = new Thread(task, "octet-simulator");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The device's memory. */
    public GlobalMemory memory() {
        return memory;
    }

    /**
     * Launches a kernel and waits for its end.
     *
     * @param entry kernel
     * @param gridX blocks along x
     * @param gridY blocks along y
     * @param threads threads per block, along x
     * @param dynamicShared bytes of shared memory per block beyond those that the kernel declares
     * @param parameters bytes of its parameters
     * @return instructions executed, counted by warp
     * @throws OctetException for a launch that no device accepts, and for the first mistake of the kernel
     */
    public long launch(SimulatedEntry entry, int gridX, int gridY, int threads, int dynamicShared, byte[] parameters) {
        Program program = entry.program();
        check(program, gridX, gridY, threads, dynamicShared, parameters.length);
        Launch launch = new Launch(
                program,
                gridX,
                gridY,
                threads,
                dynamicShared,
                parameters.clone(),
                memory,
                options.instructionsPerBlock());
        return Grid.run(launch, executor, workers(launch));
    }

    /** As many threads as have room for a block each; what they compute does not depend on their number. */
    private int workers(Launch launch) {
        long room = Runtime.getRuntime().maxMemory() / BLOCKS_PART;
        if (launch.hostBytes() > room) {
            throw new OctetException(
                    SimulatorCode.BLOCK_MEMORY, launch.program().name(), launch.hostBytes(), room);
        }
        return (int) Math.min(options.threads(), room / launch.hostBytes());
    }

    private static void check(
            Program program, int gridX, int gridY, int threads, int dynamicShared, int parameterBytes) {
        require(gridX >= 1 && gridY >= 1 && gridY <= 65_535, program, "grid %d x %d", gridX, gridY);
        require((long) gridX * gridY < Integer.MAX_VALUE, program, "grid %d x %d", gridX, gridY);
        require(threads >= 1 && threads <= MOST_THREADS, program, "%d threads", threads);
        program.mostThreads()
                .ifPresent(most -> require(
                        threads <= most, program, "%d threads, but it was compiled for %d at most", threads, most));
        program.exactThreads()
                .ifPresent(exact ->
                        require(threads == exact, program, "%d threads, but it was compiled for %d", threads, exact));
        require(
                dynamicShared >= 0 && dynamicShared <= EntryDecoder.MOST_SHARED - program.sharedBytes(),
                program,
                "%d bytes of shared memory beyond %d",
                dynamicShared,
                program.sharedBytes());
        require(
                parameterBytes == program.parameterBytes(),
                program,
                "%d bytes of parameters instead of %d",
                parameterBytes,
                program.parameterBytes());
    }

    private static void require(boolean condition, Program program, String text, Object... arguments) {
        if (!condition) {
            throw new OctetException(SimulatorCode.LAUNCH, program.name(), text.formatted(arguments));
        }
    }

    /** Ends the threads. Launches must have returned. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
