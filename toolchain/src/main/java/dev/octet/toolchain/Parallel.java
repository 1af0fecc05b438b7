package dev.octet.toolchain;

import dev.octet.plan.diag.OctetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Does the same to many things on several threads; results and failures come in the order of the things. An interrupt
 * or a failure ends the work on all of them.
 */
record Parallel(int threads) {
    /** Far longer than a killed process takes to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    <T, R> List<R> map(List<T> items, Function<T, R> work) {
        if (items.isEmpty()) {
            return List.of();
        }
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, items.size()), Parallel::daemon);
        try {
            List<Future<R>> futures = new ArrayList<>();
            items.forEach(item -> futures.add(executor.submit(() -> work.apply(item))));
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OctetException(e, ToolchainCode.INTERRUPTED, "The build of kernels");
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } finally {
            end(executor);
        }
    }

    /** Waits a while for what was interrupted: it stops its tools and removes its files, and nobody else does. */
    private static void end(ExecutorService executor) {
        executor.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "octet-ptx");
        thread.setDaemon(true);
        return thread;
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }
}
