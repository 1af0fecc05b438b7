package dev.octet.runtime.cpu;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share the units of an operator with the thread that calls. Many threads may call at once; a caller
 * never waits for units that nobody works on.
 */
final class Workers implements AutoCloseable {
    private static final int SPINS = 2000;
    private static final long PAUSE_NANOS = 20_000;

    private final int helpers;
    private final ForkJoinPool pool;
    private final ConcurrentLinkedQueue<Scratch> scratches = new ConcurrentLinkedQueue<>();

    /** Work on up to {@code threads} threads, the caller's included; the others are daemons and end when idle. */
    Workers(int threads) {
        helpers = threads - 1;
        pool = helpers == 0 ? null : new ForkJoinPool(helpers, Workers::daemon, null, true);
    }

    private static ForkJoinWorkerThread daemon(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("octet-cpu-" + thread.getPoolIndex());
        return thread;
    }

    /** Threads that may work for one caller. */
    int threads() {
        return helpers + 1;
    }

    /** Runs all units of an operator and returns when they are done; rethrows what the first failing unit threw. */
    void run(CpuOp op, Frame frame) {
        Job job = new Job(op, frame);
        for (int i = Math.min(helpers, job.units - 1); i > 0; i--) {
            pool.execute(job);
        }
        job.run();
        job.await();
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.shutdown();
        }
        scratches.clear();
    }

    /** One operator of one run. */
    private final class Job implements Runnable {
        private final CpuOp op;
        private final Frame frame;
        private final int units;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger unfinished;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Job(CpuOp op, Frame frame) {
            this.op = op;
            this.frame = frame;
            this.units = op.units(frame.batch());
            this.unfinished = new AtomicInteger(units);
        }

        @Override
        public void run() {
            int unit = next.getAndIncrement();
            if (unit >= units) {
                return;
            }
            Scratch known = scratches.poll();
            Scratch scratch = known == null ? new Scratch() : known;
            for (; unit < units; unit = next.getAndIncrement()) {
                compute(unit, scratch);
            }
            scratches.add(scratch);
        }

        private void compute(int unit, Scratch scratch) {
            try {
                if (failure.get() == null) {
                    op.run(unit, frame, scratch);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                unfinished.decrementAndGet();
            }
        }

        /** Units are short, so waiting spins before it sleeps. */
        void await() {
            for (int spins = 0; unfinished.get() > 0; spins++) {
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(this, PAUSE_NANOS);
                }
            }
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw (RuntimeException) thrown;
            }
        }
    }
}
