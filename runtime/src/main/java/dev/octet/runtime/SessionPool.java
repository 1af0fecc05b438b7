package dev.octet.runtime;

import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.Cleanup;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.diag.RuntimeCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A bounded set of sessions, made when first needed. Callers wait in order of arrival. A session whose run failed is
 * closed and not used again.
 */
final class SessionPool implements AutoCloseable {
    private final String network;
    private final int capacity;
    private final Supplier<DeviceSession> factory;
    private final Semaphore permits;
    private final Deque<DeviceSession> idle = new ArrayDeque<>();
    private int open;
    private long bytes;
    private volatile boolean closed;

    SessionPool(String network, int capacity, Supplier<DeviceSession> factory) {
        this.network = network;
        this.capacity = capacity;
        this.factory = factory;
        this.permits = new Semaphore(capacity, true);
    }

    /** Calls {@code task} with a session that nobody else uses. */
    void run(Task task) {
        acquire();
        try {
            runWithPermit(task);
        } finally {
            permits.release();
        }
    }

    private void acquire() {
        if (closed) {
            throw new OctetException(RuntimeCode.CLOSED, network);
        }
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OctetException(e, RuntimeCode.INTERRUPTED, capacity, network);
        }
    }

    private void runWithPermit(Task task) {
        if (closed) {
            throw new OctetException(RuntimeCode.CLOSED, network);
        }
        DeviceSession session = take();
        boolean done = false;
        try {
            task.run(session);
            done = true;
        } finally {
            if (done) {
                giveBack(session);
            } else {
                discard(session);
            }
        }
    }

    private DeviceSession take() {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        DeviceSession session = factory.get();
        synchronized (this) {
            open++;
            bytes += session.deviceBytes();
        }
        return session;
    }

    private synchronized void giveBack(DeviceSession session) {
        idle.push(session);
    }

    private void discard(DeviceSession session) {
        synchronized (this) {
            open--;
            bytes -= session.deviceBytes();
        }
        session.close();
    }

    /** Sessions that exist, idle or running. */
    synchronized int open() {
        return open;
    }

    /** Bytes of device memory that the sessions hold. */
    synchronized long bytes() {
        return bytes;
    }

    /** Refuses further calls, waits for those that run, and closes all sessions. */
    @Override
    public void close() {
        closed = true;
        permits.acquireUninterruptibly(capacity);
        try {
            List<DeviceSession> sessions;
            synchronized (this) {
                sessions = new ArrayList<>(idle);
                idle.clear();
            }
            Cleanup.run(sessions.stream()
                    .<Runnable>map(session -> () -> discard(session))
                    .toList());
        } finally {
            permits.release(capacity);
        }
    }

    /** Something to do with a session. */
    @FunctionalInterface
    interface Task {
        void run(DeviceSession session);
    }
}
