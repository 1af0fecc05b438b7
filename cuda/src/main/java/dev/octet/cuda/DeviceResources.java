package dev.octet.cuda;

import dev.octet.cuda.internal.Context;
import dev.octet.cuda.internal.DriverException;
import dev.octet.plan.diag.OctetException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What a network or a session holds on a device; closing frees everything, last first. Not thread-safe. */
final class DeviceResources implements AutoCloseable {
    private final DeviceState device;
    private final Deque<Consumer<Context.Current>> releases = new ArrayDeque<>();
    private long deviceBytes;

    DeviceResources(DeviceState device) {
        this.device = device;
    }

    /** Bytes of device memory held. */
    long deviceBytes() {
        return deviceBytes;
    }

    /**
     * Allocates device memory; nothing, at address 0, for no bytes.
     *
     * @param what owner and use, for the message when there is none left
     */
    long memory(Context.Current current, String what, long bytes) {
        if (bytes == 0) {
            return 0;
        }
        try {
            long address = current.allocate(bytes);
            releases.push(c -> c.free(address));
            deviceBytes += bytes;
            return address;
        } catch (DriverException e) {
            throw e.result() == DriverException.OUT_OF_MEMORY ? outOfMemory(e, current, what, bytes) : e;
        }
    }

    private OctetException outOfMemory(DriverException e, Context.Current current, String what, long bytes) {
        Context.MemoryInfo info = current.memory();
        return new OctetException(
                e,
                CudaCode.OUT_OF_MEMORY,
                device.name(),
                what,
                DeviceState.size(bytes),
                DeviceState.size(info.free()),
                DeviceState.size(info.total()));
    }

    Context.HostMemory hostMemory(Context.Current current, String what, int bytes) {
        try {
            Context.HostMemory memory = current.allocateHost(bytes);
            releases.push(c -> c.free(memory));
            return memory;
        } catch (DriverException e) {
            throw e.result() == DriverException.OUT_OF_MEMORY
                    ? new OctetException(e, CudaCode.OUT_OF_HOST_MEMORY, what, DeviceState.size(bytes))
                    : e;
        }
    }

    Context.Stream stream(Context.Current current) {
        Context.Stream stream = current.newStream();
        releases.push(c -> c.destroy(stream));
        return stream;
    }

    Context.Module module(Context.Current current, String ptx) {
        Context.Module module = current.load(ptx);
        releases.push(c -> c.unload(module));
        return module;
    }

    @Override
    public void close() {
        deviceBytes = 0;
        device.release("free memory", current -> {
            free(current);
            return null;
        });
        releases.clear();
    }

    /** What cannot be freed does not keep the rest, unless the context is lost, which holds nothing any more. */
    private void free(Context.Current current) {
        DriverException first = null;
        while (!releases.isEmpty() && (first == null || !first.isSticky())) {
            try {
                releases.pop().accept(current);
            } catch (DriverException e) {
                if (first == null) {
                    first = e;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Frees everything after a failure; what fails in doing so is added to it. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
