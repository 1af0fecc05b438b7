package dev.octet.simulator.execute;

import dev.octet.plan.diag.OctetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Executes all blocks of a launch. The outcome is that of one block after the other. Blocks run on several threads as
 * long as that makes no difference: if two of them meet in memory or one fails, the launch is taken back and repeated in
 * order.
 */
public final class Grid {
    private final Launch launch;
    private final AtomicLong next = new AtomicLong();

    /** Whether a block has failed or met another one, so that only the order of the blocks decides. */
    private volatile boolean undecided;

    /** A mistake of the simulator itself; null if there was none. */
    private volatile Throwable defect;

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
            if (grid.defect != null) {
                throw new IllegalStateException(grid.defect);
            } else if (grid.undecided) {
                launch.memory().restore();
                return grid.inOrder();
            }
            return instructions;
        } finally {
            launch.memory().endLaunch();
        }
    }

    private long inOrder() {
        Block block = new Block(launch, new EarlierBlocks());
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

    /** Executes blocks until none are left, or something is wrong. Throws nothing: others may still use the memory. */
    private long work() {
        long instructions = 0;
        try {
            Block block = new Block(launch, new ConcurrentBlocks());
            for (long i = next.getAndIncrement(); i < launch.blocks() && isGoingOn(); i = next.getAndIncrement()) {
                instructions += block.run((int) (i % launch.gridX()), (int) (i / launch.gridX()));
            }
        } catch (OctetException | ConcurrentBlocks.Meeting e) {
            undecided = true;
        } catch (RuntimeException | Error e) {
            defect = e;
        }
        return instructions;
    }

    private boolean isGoingOn() {
        return !undecided && defect == null;
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
