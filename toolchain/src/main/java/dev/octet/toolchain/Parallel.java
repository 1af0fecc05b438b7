package dev.octet.toolchain;

import dev.octet.plan.diag.OctetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Does the same to many things on several threads; results and failures come in the order of the things. An interrupt
 * ends the work on all of them.
 */
record Parallel(int threads) {
    <T, R> List<R> map(List<T> items, Function<T, R> work) {
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
            throw new OctetException(e, ToolchainCode.NOT_STARTED, "the compilers", "the build was interrupted");
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } finally {
            executor.shutdownNow();
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
