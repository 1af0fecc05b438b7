package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.Driver;
import dev.octet.cuda.driver.DriverException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A driver that keeps device memory in arrays and runs kernels written in Java. Like a GPU it works through its queue
 * only when somebody waits, checks every address, and loses its context after a bad one. While it records, it refuses
 * everything that has to be done at once. A launch that may begin early has to follow a launch.
 */
final class FakeDriver implements Driver {
    static final int ILLEGAL_ADDRESS = 700;
    private static final int INVALID_CONTEXT = 201;
    private static final int CAPTURE_UNSUPPORTED = 900;
    private static final int CAPTURE_INVALIDATED = 901;
    private static final Set<String> RECORDABLE = Set.of("uploadAsync", "downloadAsync", "fill", "launch");

    final Map<String, Kernel> kernels = new HashMap<>();
    final List<String> launches = new ArrayList<>();
    final Set<Object> live = new HashSet<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Runnable> pauses = new HashMap<>();
    private final TreeMap<Long, byte[]> memory = new TreeMap<>();
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final int capability;
    private long nextAddress = 0x7f00_0000_0000L;
    private long freeBytes = 1 << 20;
    private int entered;
    private int lost;
    /** What has been recorded so far; null while nothing is being recorded. */
    private List<Runnable> recording;

    private boolean invalidated;

    FakeDriver(int capability) {
        this.capability = capability;
    }

    /** A kernel in Java. */
    interface Kernel {
        /** Runs all blocks; {@code arguments} is a copy of the struct, little-endian. */
        void run(FakeDriver driver, Context.Extents extents, ByteBuffer arguments);
    }

    /** The next call of that name answers with an error. */
    void failNext(String call, int result) {
        failures.put(call, result);
    }

    /** The next call of that name does something else first. */
    void pauseNext(String call, Runnable pause) {
        pauses.put(call, pause);
    }

    void setFreeBytes(long bytes) {
        freeBytes = bytes;
    }

    /** A window of device memory for kernels; an address outside an allocation is an error. */
    ByteBuffer at(long address, long bytes) {
        Map.Entry<Long, byte[]> block = memory.floorEntry(address);
        long offset = block == null ? 0 : address - block.getKey();
        if (block == null || bytes < 0 || offset + bytes > block.getValue().length) {
            lost = ILLEGAL_ADDRESS;
            throw failure("memory access", ILLEGAL_ADDRESS);
        }
        return ByteBuffer.wrap(block.getValue(), (int) offset, (int) bytes)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static DriverException failure(String call, int result) {
        return new DriverException(call, result, "CUDA_ERROR_" + result, result == 218 ? "line 3: bad\n" : "");
    }

    private void called(String call) {
        pauses.getOrDefault(call, () -> {}).run();
        pauses.remove(call);
        Integer result = failures.remove(call);
        if (entered < 1) {
            result = INVALID_CONTEXT;
        }
        if (lost != 0) {
            result = lost;
        }
        if (recording != null && !RECORDABLE.contains(call)) {
            result = CAPTURE_UNSUPPORTED;
        }
        if (result != null) {
            invalidated = true;
            throw failure(call, result);
        }
    }

    /** Queues work other than a launch, or records it. */
    private void queue(Context.Stream stream, Runnable work) {
        ((Handle) stream).launchedLast = false;
        queue(work);
    }

    private void queue(Runnable work) {
        if (recording == null) {
            queue.add(work);
        } else {
            recording.add(work);
        }
    }

    boolean isRecording() {
        return recording != null;
    }

    @Override
    public int version() {
        return 12040;
    }

    @Override
    public List<Gpu> gpus() {
        return List.of(new Gpu(0, "Fake GPU", capability, 80L << 30, 227 << 10));
    }

    @Override
    public Context retain(int ordinal) {
        FakeContext context = new FakeContext();
        live.add(context);
        return context;
    }

    private record Allocation(long address) {}

    private static final class Handle implements Context.Module, Context.Function, Context.Stream {
        private final String name;
        /** Of a stream: whether what was queued last is a launch of a kernel. */
        private boolean launchedLast;

        Handle(String name) {
            this.name = name;
        }
    }

    /** Keeps as its time how many launches came before it. */
    private static final class Mark implements Context.Event {
        private int launches;
    }

    private static final class FakeGraph implements Context.Graph {
        private final List<Runnable> work;

        FakeGraph(List<Runnable> work) {
            this.work = List.copyOf(work);
        }
    }

    private static final class Host implements Context.HostMemory {
        private final ByteBuffer buffer;

        Host(int bytes) {
            buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }

        @Override
        public ByteBuffer buffer() {
            return buffer;
        }
    }

    private final class FakeContext implements Context {
        @Override
        public Current enter() {
            entered++;
            return new FakeCurrent();
        }

        @Override
        public void close() {
            live.remove(this);
        }
    }

    private final class FakeCurrent implements Context.Current {
        @Override
        public Context.MemoryInfo memory() {
            called("memory");
            return new Context.MemoryInfo(freeBytes, 80L << 30);
        }

        @Override
        public long allocate(long bytes) {
            called("allocate");
            if (bytes > freeBytes) {
                throw failure("allocate", DriverException.OUT_OF_MEMORY);
            }
            freeBytes -= bytes;
            long address = nextAddress;
            nextAddress += (bytes + 0x1ff) & ~0xffL;
            memory.put(address, new byte[(int) bytes]);
            live.add(new Allocation(address));
            return address;
        }

        @Override
        public void free(long address) {
            called("free");
            freeBytes += memory.remove(address).length;
            live.remove(new Allocation(address));
        }

        @Override
        public Context.HostMemory allocateHost(int bytes) {
            called("allocateHost");
            Host host = new Host(bytes);
            live.add(host);
            return host;
        }

        @Override
        public void free(Context.HostMemory host) {
            called("freeHost");
            live.remove(host);
        }

        @Override
        public Context.Module load(String ptx) {
            called("load");
            Handle module = new Handle(ptx);
            live.add(module);
            return module;
        }

        @Override
        public Context.Module load(byte[] cubin) {
            called("loadCubin");
            Handle module = new Handle("cubin");
            live.add(module);
            return module;
        }

        @Override
        public Context.Function function(Context.Module module, String name) {
            called("function");
            if (!kernels.containsKey(name)) {
                throw failure("function", DriverException.NOT_FOUND);
            }
            return new Handle(name);
        }

        @Override
        public void allowSharedMemory(Context.Function function, int bytes) {
            called("allowSharedMemory");
            launches.add(((Handle) function).name + " may use " + bytes);
        }

        @Override
        public void unload(Context.Module module) {
            called("unload");
            live.remove(module);
        }

        @Override
        public Context.Stream newStream() {
            called("newStream");
            Handle stream = new Handle("stream");
            live.add(stream);
            return stream;
        }

        @Override
        public void destroy(Context.Stream stream) {
            called("destroy");
            live.remove(stream);
        }

        @Override
        public void upload(long address, byte[] bytes) {
            called("upload");
            at(address, bytes.length).put(bytes);
        }

        @Override
        public void download(byte[] bytes, long address) {
            called("download");
            at(address, bytes.length).get(bytes);
        }

        @Override
        public void upload(long address, Context.HostMemory host, long bytes, Context.Stream stream) {
            called("uploadAsync");
            queue(stream, () -> at(address, bytes).put(0, host.buffer(), 0, (int) bytes));
        }

        @Override
        public void download(Context.HostMemory host, long address, long bytes, Context.Stream stream) {
            called("downloadAsync");
            queue(stream, () -> host.buffer().put(0, at(address, bytes), 0, (int) bytes));
        }

        @Override
        public void fill(long address, byte value, long bytes, Context.Stream stream) {
            called("fill");
            queue(stream, () -> {
                byte[] all = new byte[(int) bytes];
                Arrays.fill(all, value);
                at(address, bytes).put(all);
            });
        }

        @Override
        public void launch(
                Context.Function function, Context.Extents extents, ByteBuffer arguments, Context.Stream stream) {
            called("launch");
            String name = ((Handle) function).name;
            ByteBuffer copy = ByteBuffer.allocate(arguments.capacity()).order(ByteOrder.LITTLE_ENDIAN);
            copy.put(0, arguments, 0, arguments.capacity());
            if (extents.dependent() && !((Handle) stream).launchedLast) {
                throw new AssertionError(name + " may begin early, but follows no launch");
            }
            ((Handle) stream).launchedLast = true;
            launches.add(name + " " + extents.gridX() + "x" + extents.gridY() + " of " + extents.threads()
                    + (extents.dependent() ? " early" : ""));
            queue(() -> kernels.get(name).run(FakeDriver.this, extents, copy));
        }

        @Override
        public Context.Graph record(Context.Stream stream, Runnable work) {
            called("record");
            List<Runnable> recorded = new ArrayList<>();
            ((Handle) stream).launchedLast = false;
            recording = recorded;
            invalidated = false;
            try {
                work.run();
                if (invalidated) {
                    throw failure("record", CAPTURE_INVALIDATED);
                }
            } finally {
                recording = null;
                ((Handle) stream).launchedLast = false;
            }
            called("instantiate");
            FakeGraph graph = new FakeGraph(recorded);
            live.add(graph);
            return graph;
        }

        @Override
        public void launch(Context.Graph graph, Context.Stream stream) {
            called("launchGraph");
            requireLive(graph);
            launches.add("graph");
            ((Handle) stream).launchedLast = false;
            queue.addAll(((FakeGraph) graph).work);
        }

        @Override
        public void destroy(Context.Graph graph) {
            called("destroyGraph");
            requireLive(graph);
            live.remove(graph);
        }

        private void requireLive(Context.Graph graph) {
            if (!live.contains(graph)) {
                throw new AssertionError("the graph is destroyed");
            }
        }

        @Override
        public void synchronize(Context.Stream stream) {
            called("synchronize");
            while (!queue.isEmpty()) {
                queue.remove().run();
            }
        }

        @Override
        public Context.Event newEvent() {
            called("newEvent");
            Mark mark = new Mark();
            live.add(mark);
            return mark;
        }

        @Override
        public void destroy(Context.Event event) {
            called("destroyEvent");
            live.remove(event);
        }

        @Override
        public void record(Context.Event event, Context.Stream stream) {
            called("record");
            ((Handle) stream).launchedLast = false;
            ((Mark) event).launches = launches.size();
        }

        @Override
        public float milliseconds(Context.Event from, Context.Event to) {
            called("milliseconds");
            return ((Mark) to).launches - ((Mark) from).launches;
        }

        @Override
        public void close() {
            entered--;
        }
    }
}
