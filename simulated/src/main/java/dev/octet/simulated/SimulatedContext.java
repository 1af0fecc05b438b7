package dev.octet.simulated;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.Driver;
import dev.octet.simulator.SimulatedEntry;
import dev.octet.simulator.SimulatedModule;
import dev.octet.simulator.Simulator;
import dev.octet.simulator.SimulatorOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A simulator, and the handles of what was made in it and not yet given back. */
final class SimulatedContext implements Context {
    private final Driver.Gpu gpu;
    private final Simulator simulator;
    private final Set<Object> live = ConcurrentHashMap.newKeySet();

    SimulatedContext(Driver.Gpu gpu, SimulatorOptions options) {
        this.gpu = gpu;
        this.simulator = new Simulator(options);
    }

    @Override
    public Current enter() {
        return new SimulatedCurrent(this);
    }

    Driver.Gpu gpu() {
        return gpu;
    }

    Simulator simulator() {
        return simulator;
    }

    /** Keeps a handle until {@link #release}. */
    <T> T hold(T handle) {
        live.add(handle);
        return handle;
    }

    void release(Object handle) {
        if (!live.remove(handle)) {
            throw Refusal.INVALID_HANDLE.of("a call with " + handle.getClass().getSimpleName());
        }
    }

    void requireLive(Object handle) {
        if (!live.contains(handle)) {
            throw Refusal.INVALID_HANDLE.of("a call with " + handle.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        simulator.close();
    }

    /** Equal to itself only, as are all handles. */
    static final class LoadedModule implements Module {
        private final SimulatedModule module;

        LoadedModule(SimulatedModule module) {
            this.module = module;
        }

        SimulatedModule module() {
            return module;
        }
    }

    /** An entry point, valid as long as its module. */
    static final class LoadedFunction implements Function {
        /** Dynamic shared memory that a launch may have without {@link Current#allowSharedMemory}. */
        private static final int PLAIN_SHARED_BYTES = 48 << 10;

        private final LoadedModule module;
        private final SimulatedEntry entry;
        private volatile int sharedBytes;

        LoadedFunction(LoadedModule module, SimulatedEntry entry) {
            this.module = module;
            this.entry = entry;
            this.sharedBytes = PLAIN_SHARED_BYTES - entry.sharedBytes();
        }

        LoadedModule module() {
            return module;
        }

        SimulatedEntry entry() {
            return entry;
        }

        int sharedBytes() {
            return sharedBytes;
        }

        void allow(int bytes) {
            sharedBytes = bytes;
        }
    }

    /** A queue that is always empty: work is done when it is queued. */
    static final class Queue implements Stream {
        private volatile boolean launchedLast;

        /** Whether what was queued last is a launch of a kernel. */
        boolean launchedLast() {
            return launchedLast;
        }

        void queued(boolean launch) {
            launchedLast = launch;
        }
    }

    /** The time at which the host came to it. */
    static final class Instant implements Event {
        private volatile long nanos;

        void set() {
            nanos = System.nanoTime();
        }

        long nanos() {
            return nanos;
        }
    }

    /** Work in order. */
    static final class Recording implements Graph {
        private final List<Runnable> work;

        Recording(List<Runnable> work) {
            this.work = List.copyOf(work);
        }

        void run() {
            work.forEach(Runnable::run);
        }
    }

    /** Memory of the host. */
    static final class Buffer implements HostMemory {
        private final ByteBuffer bytes;

        Buffer(int size) {
            bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        }

        @Override
        public ByteBuffer buffer() {
            return bytes;
        }
    }
}
