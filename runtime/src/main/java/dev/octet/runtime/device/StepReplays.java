package dev.octet.runtime.device;

/**
 * Runs parts of a network without the copies of a run, for times of its kernels: see {@link DeviceSession#replays}. Used by one
 * thread, while the session runs nothing else.
 */
public interface StepReplays {
    /**
     * Records some steps of the launch program in a row as a graph. Operands are whatever lies in the session's memory: times of
     * kernels do not depend on it.
     *
     * @param n number of images, at least 1 and at most the session's batch
     * @param from first step, from 0
     * @param to step after the last, more than {@code from} and at most the number of steps
     * @param times how often the steps follow each other, at least 1
     * @throws IllegalArgumentException if there are no such steps
     */
    Replay replay(int n, int from, int to, int times);

    /** A recorded graph, which is freed with its session at the latest. */
    interface Replay extends AutoCloseable {
        /**
         * Queues the graph a number of times behind one that is not timed, so that the host is ahead of the device, and waits.
         *
         * @param replays how often, at least 1
         * @return microseconds between the events before and after each
         */
        double[] micros(int replays);

        @Override
        void close();
    }
}
