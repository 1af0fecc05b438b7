package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.DriverException;
import dev.octet.plan.diag.OctetException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What a network or a session holds on a device; closing frees everything, last first. Not thread-safe. */
final class DeviceResources implements AutoCloseable {
    /** What was asked, where the driver decides. */
    static final String UNTOLD = "an amount that the driver does not tell";

    private final DeviceState device;
    private final Deque<Held> releases = new ArrayDeque<>();
    private long deviceBytes;

    /** Something that is held, and how to let go of it. */
    private record Held(Object what, Consumer<Context.Current> release) {}

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
            hold(address, c -> c.free(address));
            deviceBytes += bytes;
            return address;
        } catch (DriverException e) {
            throw e.result() == DriverException.OUT_OF_MEMORY
                    ? outOfMemory(e, current, what, DeviceState.size(bytes))
                    : e;
        }
    }

    private void hold(Object what, Consumer<Context.Current> release) {
        releases.push(new Held(what, release));
    }

    /**
     * A diagnostic that says how much memory there is.
     *
     * @param asked size for people
     */
    OctetException outOfMemory(DriverException e, Context.Current current, String what, String asked) {
        return new OctetException(e, CudaCode.OUT_OF_MEMORY, device.name(), what, asked, room(current));
    }

    private static String room(Context.Current current) {
        try {
            Context.MemoryInfo info = current.memory();
            return DeviceState.size(info.free()) + " of " + DeviceState.size(info.total());
        } catch (DriverException e) {
            return "an unknown amount (" + e.reason() + ")";
        }
    }

    Context.HostMemory hostMemory(Context.Current current, String what, int bytes) {
        try {
            Context.HostMemory memory = current.allocateHost(bytes);
            hold(memory, c -> c.free(memory));
            return memory;
        } catch (DriverException e) {
            throw e.result() == DriverException.OUT_OF_MEMORY
                    ? new OctetException(e, CudaCode.OUT_OF_HOST_MEMORY, what, DeviceState.size(bytes))
                    : e;
        }
    }

    Context.Stream stream(Context.Current current) {
        Context.Stream stream = current.newStream();
        hold(stream, c -> c.destroy(stream));
        return stream;
    }

    Context.Module module(Context.Current current, String ptx) {
        return hold(current.load(ptx));
    }

    Context.Module module(Context.Current current, byte[] cubin) {
        return hold(current.load(cubin));
    }

    private Context.Module hold(Context.Module module) {
        hold(module, c -> c.unload(module));
        return module;
    }

    Context.Graph graph(Context.Current current, Context.Stream stream, Runnable work) {
        Context.Graph graph = current.record(stream, work);
        hold(graph, c -> c.destroy(graph));
        return graph;
    }

    /** Destroys a graph before everything else; nothing if it is not held any more. */
    void destroy(Context.Current current, Context.Graph graph) {
        if (releases.removeIf(held -> held.what() == graph)) {
            current.destroy(graph);
        }
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
                releases.pop().release().accept(current);
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
