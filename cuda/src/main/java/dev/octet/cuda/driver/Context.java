package dev.octet.cuda.driver;

import java.nio.ByteBuffer;

/** A retained primary context. Thread-safe. */
public interface Context extends AutoCloseable {
    /**
     * Makes this context the calling thread's current one until the result is closed, when the thread gets back the one
     * that it had. The result may be used by the calling thread only.
     */
    Current enter();

    /** Releases the context. */
    @Override
    void close();

    /** A loaded module. */
    interface Module {}

    /** An entry point of a module. */
    interface Function {}

    /** A queue of work. */
    interface Stream {}

    /** A place in a queue, with the time at which the device came to it. */
    interface Event {}

    /** Work recorded once, to be queued any number of times. */
    interface Graph {}

    /** Page-locked host memory, which a device copies from and to without the processor. */
    interface HostMemory {
        /** The whole memory, in native byte order; invalid once freed. */
        ByteBuffer buffer();
    }

    /**
     * Free and total memory of the device.
     *
     * @param free bytes free
     * @param total bytes in all
     */
    record MemoryInfo(long free, long total) {}

    /**
     * Extents of a launch.
     *
     * @param gridX blocks along x
     * @param gridY blocks along y
     * @param threads threads per block
     * @param sharedBytes dynamic shared memory per block
     * @param dependent whether the launch may begin before the one just before it in its stream has ended, which its kernel
     *     then waits for itself. What was queued just before must be a launch of a kernel: no copy, no fill, no event, no
     *     graph, and not the beginning of a recording. Where device or driver cannot do that, the launch begins after its
     *     predecessor's end, with the same results
     */
    record Extents(int gridX, int gridY, int threads, int sharedBytes, boolean dependent) {
        /** Of a launch that begins when everything before it has ended. */
        public Extents(int gridX, int gridY, int threads, int sharedBytes) {
            this(gridX, gridY, threads, sharedBytes, false);
        }
    }

    /**
     * The driver's functions in the current context. Every one throws {@link DriverException} if the driver answers
     * with an error. Addresses are plain numbers, as kernels see them.
     */
    interface Current extends AutoCloseable {
        /** How much memory there is. */
        MemoryInfo memory();

        /** Allocates device memory, aligned to 256 bytes at least. */
        long allocate(long bytes);

        /** Frees device memory. */
        void free(long address);

        /** Allocates page-locked memory. */
        HostMemory allocateHost(int bytes);

        /** Frees page-locked memory. */
        void free(HostMemory memory);

        /** Compiles and loads PTX; {@link DriverException#log} has the compiler's words if it fails. */
        Module load(String ptx);

        /** An entry point by name. */
        Function function(Module module, String name);

        /** Permits a function to use that much dynamic shared memory. */
        void allowSharedMemory(Function function, int bytes);

        /** Loads machine code: a complete ELF file, since drivers do not check what they read. */
        Module load(byte[] cubin);

        /** Unloads a module. */
        void unload(Module module);

        /** Creates a stream that does not wait for the default one. */
        Stream newStream();

        /** Destroys a stream. */
        void destroy(Stream stream);

        /** Copies to the device and waits. */
        void upload(long address, byte[] bytes);

        /** Copies from the device and waits. */
        void download(byte[] bytes, long address);

        /** Queues a copy from the start of host memory to the device. */
        void upload(long address, HostMemory host, long bytes, Stream stream);

        /** Queues a copy from the device to the start of host memory. */
        void download(HostMemory host, long address, long bytes, Stream stream);

        /** Queues filling device memory with one byte. */
        void fill(long address, byte value, long bytes, Stream stream);

        /**
         * Says that nobody needs any more what device memory holds, in the order of the queue. Like the two methods
         * below this is for drivers that check what kernels do, or report it; others do nothing.
         */
        default void discard(long address, long bytes, Stream stream) {}

        /** Says that an allocation has got its contents and kernels only read it, until it is freed. */
        default void protect(long address) {}

        /** Says what the calls that follow are for, in words that complete "copy for" or "kernel k for". */
        default void label(String purpose) {}

        /** Queues a launch of a kernel whose only parameter is a struct; its bytes are copied before this returns. */
        void launch(Function function, Extents extents, ByteBuffer arguments, Stream stream);

        /**
         * Records what {@code work} queues in a stream instead of doing it: addresses, sizes and argument structs are
         * those of now. The work must do nothing else with the driver, in this stream alone. Whatever fails, the stream
         * queues as before and nothing of the recording is left.
         */
        Graph record(Stream stream, Runnable work);

        /** Queues recorded work. A graph is queued by one thread at a time. */
        void launch(Graph graph, Stream stream);

        /** Destroys recorded work. */
        void destroy(Graph graph);

        /** Waits for everything queued; throws what went wrong in it. */
        void synchronize(Stream stream);

        /** Creates an event that keeps its time. */
        Event newEvent();

        /** Destroys an event. */
        void destroy(Event event);

        /** Queues an event. */
        void record(Event event, Stream stream);

        /** Milliseconds from one event to another; somebody has waited for both. */
        float milliseconds(Event from, Event to);

        /** Gives the thread its former context back. */
        @Override
        void close();
    }
}
