package dev.octet.simulator.execute;

import dev.octet.plan.diag.OctetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Executes all blocks of a launch. Blocks run on several threads, but the outcome does not depend on them: if a block
 * fails, the launch is taken back and repeated with one block after the other, whose first failure is reported.
 */
public final class Grid {
    private final Launch launch;
    private final AtomicLong next = new AtomicLong();
    private volatile RuntimeException failure;

    private Grid(Launch launch) {
        this.launch = launch;
    }

    /**
     * Executes a launch.
     *
     * @param launch what to execute
     * @param executor threads to use
     * @param threads how many of them
     * @return instructions executed by all warps
     * @throws OctetException for the first mistake of the kernel; what it has written by then stays
     */
    public static long run(Launch launch, ExecutorService executor, int threads) {
        launch.memory().beginLaunch();
        try {
            Grid grid = new Grid(launch);
            int workers = (int) Math.min(threads, launch.blocks());
            if (workers == 1) {
                return grid.inOrder();
            }
            long instructions = grid.inParallel(executor, workers);
            if (grid.failure != null) {
                launch.memory().restore();
                grid.inOrder();
                throw grid.failure;
            }
            return instructions;
        } finally {
            launch.memory().endLaunch();
        }
    }

    private long inOrder() {
        Block block = new Block(launch);
        long instructions = 0;
        for (int y = 0; y < launch.gridY(); y++) {
            for (int x = 0; x < launch.gridX(); x++) {
                instructions += block.run(x, y);
            }
        }
        return instructions;
    }

    private long inParallel(ExecutorService executor, int workers) {
        List<Future<Long>> futures = new ArrayList<>();
        for (int i = 1; i < workers; i++) {
            futures.add(executor.submit(this::work));
        }
        long instructions = work();
        for (Future<Long> future : futures) {
            instructions += result(future);
        }
        return instructions;
    }

    /** Executes blocks until none are left, or one has failed. Throws nothing: others may still use the memory. */
    private long work() {
        long instructions = 0;
        try {
            Block block = new Block(launch);
            for (long i = next.getAndIncrement(); i < launch.blocks() && failure == null; i = next.getAndIncrement()) {
                instructions += block.run((int) (i % launch.gridX()), (int) (i / launch.gridX()));
            }
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            failure = new IllegalStateException(e);
        }
        return instructions;
    }

    private static long result(Future<Long> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
