package dev.octet.processor.host;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs foreign code with a time limit, in a daemon thread: Java cannot end a thread that does not want to end, but it can
 * leave it behind when the compiler exits.
 */
final class TimedRun {
    private TimedRun() {}

    /**
     * Runs {@code work}.
     *
     * @throws TimeLimitException if it takes longer than {@code limit}
     * @throws ExecutionException with whatever it throws
     */
    static <T> T call(Callable<T> work, Duration limit, ClassLoader loader)
            throws ExecutionException, TimeLimitException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "octet-define");
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            List<StackTraceElement> stack = List.of(thread.getStackTrace());
            thread.interrupt();
            throw new TimeLimitException(stack);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the compiler was interrupted", e);
        }
    }

    /** The limit was reached. */
    static final class TimeLimitException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<StackTraceElement> stack;

        private TimeLimitException(List<StackTraceElement> stack) {
            this.stack = stack;
        }

        /** Where the work was then, innermost first. */
        List<StackTraceElement> stack() {
            return stack;
        }
    }
}
