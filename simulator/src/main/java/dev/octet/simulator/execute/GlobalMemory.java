package dev.octet.simulator.execute;

import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.SimulatorCode;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Memory of the simulated device. Addresses are never used twice, and unused ones lie between allocations, so that an
 * access beyond an allocation, or to one that was freed, is found. Thread-safe; copies wait for a running launch.
 */
public final class GlobalMemory {
    private static final long FIRST_ADDRESS = 0x7_0000_0000L;
    private static final long GUARD = 1 << 16;
    private static final int ALIGNMENT = 256;

    private final long capacity;
    private final Lock lock = new ReentrantLock(true);
    private volatile Allocation[] allocations = {};
    private long used;
    private long nextAddress = FIRST_ADDRESS;

    /** Memory of a number of bytes. */
    public GlobalMemory(long capacity) {
        this.capacity = capacity;
    }

    /** Allocates memory, aligned to 256 bytes. Nothing is written in it yet. */
    public long allocate(long bytes) {
        lock.lock();
        try {
            if (bytes < 0 || bytes > capacity - used || bytes > Integer.MAX_VALUE - 64) {
                throw new OctetException(SimulatorCode.MEMORY_FULL, bytes, capacity - used);
            }
            Allocation allocation = new Allocation(nextAddress, (int) bytes);
            Allocation[] more = Arrays.copyOf(allocations, allocations.length + 1);
            more[allocations.length] = allocation;
            allocations = more;
            used += bytes;
            nextAddress += (bytes + GUARD + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            return allocation.address();
        } finally {
            lock.unlock();
        }
    }

    /** Frees an allocation. */
    public void free(long address) {
        lock.lock();
        try {
            Allocation allocation = host("Freeing", address, 0);
            if (allocation.address() != address) {
                throw new OctetException(
                        SimulatorCode.HOST_MEMORY, "Freeing", 0, address, "no allocation begins there");
            }
            used -= allocation.size();
            allocations = Arrays.stream(allocations)
                    .filter(other -> other != allocation)
                    .toArray(Allocation[]::new);
        } finally {
            lock.unlock();
        }
    }

    /** Forbids kernels to write to an allocation. */
    public void protect(long address) {
        lock.lock();
        try {
            host("Protecting", address, 0).setReadOnly();
        } finally {
            lock.unlock();
        }
    }

    /** Takes what stands in a range for unwritten from now on, as before a step of a plan that reuses memory. */
    public void forget(long address, long bytes) {
        lock.lock();
        try {
            Allocation allocation = host("Forgetting", address, bytes);
            allocation.markUnwritten((int) (address - allocation.address()), (int) bytes);
        } finally {
            lock.unlock();
        }
    }

    /** Copies to the device. */
    public void upload(long address, byte[] bytes) {
        lock.lock();
        try {
            Allocation allocation = host("A copy", address, bytes.length);
            int at = (int) (address - allocation.address());
            System.arraycopy(bytes, 0, allocation.data(), at, bytes.length);
            allocation.markWritten(at, bytes.length);
        } finally {
            lock.unlock();
        }
    }

    /** Fills memory with a byte. */
    public void fill(long address, byte value, long bytes) {
        lock.lock();
        try {
            Allocation allocation = host("Filling", address, bytes);
            int at = (int) (address - allocation.address());
            Arrays.fill(allocation.data(), at, at + (int) bytes, value);
            allocation.markWritten(at, (int) bytes);
        } finally {
            lock.unlock();
        }
    }

    /** Copies from the device. Bytes that were never written are an error. */
    public byte[] download(long address, int bytes) {
        return download("A copy", address, bytes);
    }

    /**
     * Copies from the device. Bytes that were never written are an error.
     *
     * @param what the copy, as messages name it
     */
    public byte[] download(String what, long address, int bytes) {
        lock.lock();
        try {
            Allocation allocation = host(what, address, bytes);
            int at = (int) (address - allocation.address());
            int missing = allocation.firstUnwritten(at, bytes);
            if (missing >= 0) {
                String why = "byte " + missing + " was never written";
                throw new OctetException(SimulatorCode.HOST_MEMORY, what, bytes, address, why);
            }
            return Arrays.copyOfRange(allocation.data(), at, at + bytes);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that are not allocated. */
    public long free() {
        lock.lock();
        try {
            return capacity - used;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes in all. */
    public long capacity() {
        return capacity;
    }

    private Allocation host(String what, long address, long bytes) {
        Allocation allocation = bytes < 0 ? null : find(address, bytes);
        if (allocation == null) {
            throw new OctetException(SimulatorCode.HOST_MEMORY, what, bytes, address, describe(address));
        }
        return allocation;
    }

    /** The allocation that contains a range; null if there is none. */
    Allocation find(long address, long bytes) {
        Allocation[] all = allocations;
        int low = 0;
        int high = all.length - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (all[middle].address() <= address) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && all[low].contains(address, bytes) ? all[low] : null;
    }

    /** Where an address lies, by the nearest allocation. */
    String describe(long address) {
        Allocation nearest = null;
        long distance = Long.MAX_VALUE;
        for (Allocation allocation : allocations) {
            long end = allocation.address() + allocation.size();
            long away = address < allocation.address() ? allocation.address() - address : Math.max(0, address - end);
            if (nearest == null || Long.compareUnsigned(away, distance) < 0) {
                nearest = allocation;
                distance = away;
            }
        }
        if (nearest == null) {
            return "nothing is allocated";
        }
        long offset = address - nearest.address();
        return "%s%d from the start of the nearest allocation, which has %d bytes at 0x%x"
                .formatted(offset < 0 ? "" : "+", offset, nearest.size(), nearest.address());
    }

    /** Keeps the host's calls out while a launch runs. */
    void beginLaunch() {
        lock.lock();
    }

    /** Takes back what the launch has done so far. */
    void restore() {
        for (Allocation allocation : allocations) {
            allocation.restore();
        }
    }

    /** Ends what {@link #beginLaunch} began. */
    void endLaunch() {
        for (Allocation allocation : allocations) {
            allocation.endLaunch();
        }
        lock.unlock();
    }
}
