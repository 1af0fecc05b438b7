package dev.octet.simulated;

import dev.octet.cuda.driver.Context;
import dev.octet.plan.diag.OctetException;
import dev.octet.simulated.SimulatedContext.Buffer;
import dev.octet.simulated.SimulatedContext.Instant;
import dev.octet.simulated.SimulatedContext.LoadedFunction;
import dev.octet.simulated.SimulatedContext.LoadedModule;
import dev.octet.simulated.SimulatedContext.Queue;
import dev.octet.simulated.SimulatedContext.Recording;
import dev.octet.simulator.SimulatedEntry;
import dev.octet.simulator.SimulatedModule;
import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.execute.GlobalMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The driver's functions on a simulator. Queued work is done at once, so that a kernel's mistake is thrown by the call
 * that launches it; or it is recorded, with the addresses, sizes and arguments of that moment. A mistake that the
 * simulator finds is thrown as its own {@link OctetException}, with the caller's label in it.
 */
final class SimulatedCurrent implements Context.Current {
    /** Compute capability of the first devices that begin kernels early. */
    private static final int FIRST_WITH_DEPENDENTS = 90;

    private static final Pattern TARGET = Pattern.compile("sm_([0-9]{2,3})(a?)");

    private final SimulatedContext context;
    private final GlobalMemory device;
    private final Thread thread = Thread.currentThread();
    private String label = "";
    private boolean closed;
    /** What has been recorded so far; null while nothing is being recorded. */
    private List<Runnable> recorded;

    private Context.Stream recordedStream;

    SimulatedCurrent(SimulatedContext context) {
        this.context = context;
        this.device = context.simulator().memory();
    }

    private void requireCurrent(String call) {
        if (closed || Thread.currentThread() != thread) {
            throw Refusal.INVALID_CONTEXT.of(call);
        }
    }

    /** Begins a call whose effect is immediate, and which no recording can hold. */
    private void begin(String call) {
        requireCurrent(call);
        if (recorded != null) {
            throw Refusal.CAPTURE_UNSUPPORTED.of(call);
        }
    }

    /** Queues work that no launch can overlap with. */
    private void queue(String call, Context.Stream stream, Runnable work) {
        doOrRecord(call, stream, work);
        ((Queue) stream).queued(false);
    }

    /** Does queued work, or records it. */
    private void doOrRecord(String call, Context.Stream stream, Runnable work) {
        requireCurrent(call);
        context.requireLive(stream);
        if (recorded == null) {
            work.run();
        } else if (stream == recordedStream) {
            recorded.add(work);
        } else {
            throw Refusal.CAPTURE_UNSUPPORTED.of(call);
        }
    }

    @Override
    public void label(String purpose) {
        label = purpose;
    }

    @Override
    public Context.MemoryInfo memory() {
        begin("memory");
        return new Context.MemoryInfo(device.free(), device.capacity());
    }

    @Override
    public long allocate(long bytes) {
        begin("allocate");
        try {
            return device.allocate(bytes);
        } catch (OctetException e) {
            throw e.code() == SimulatorCode.MEMORY_FULL ? Refusal.OUT_OF_MEMORY.of("allocate") : e;
        }
    }

    @Override
    public void free(long address) {
        begin("free");
        device.free(address);
    }

    @Override
    public Context.HostMemory allocateHost(int bytes) {
        begin("allocateHost");
        return context.hold(new Buffer(bytes));
    }

    @Override
    public void free(Context.HostMemory memory) {
        begin("freeHost");
        context.release(memory);
    }

    @Override
    public Context.Module load(String ptx) {
        begin("load");
        SimulatedModule module;
        try {
            module = SimulatedModule.load(ptx);
        } catch (OctetException e) {
            // Whoever reports a log puts a full stop after it.
            throw Refusal.INVALID_PTX.of("load", e.getMessage().replaceFirst("\\.$", ""));
        }
        requireTarget(module.target());
        return context.hold(new LoadedModule(module));
    }

    /** A device refuses PTX for later ones, and for one generation alone if it is of another. */
    private void requireTarget(String target) {
        int capability = context.gpu().capability();
        Matcher matcher = TARGET.matcher(target);
        if (!matcher.matches()
                || !runs(Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty())) {
            throw Refusal.INVALID_PTX.of("load", "PTX for " + target + " does not run on sm_" + capability);
        }
    }

    private boolean runs(int machine, boolean alone) {
        int capability = context.gpu().capability();
        return alone ? machine == capability : machine <= capability;
    }

    @Override
    public Context.Module load(byte[] cubin) {
        begin("load");
        throw Refusal.INVALID_IMAGE.of("load");
    }

    @Override
    public Context.Function function(Context.Module module, String name) {
        begin("function");
        context.requireLive(module);
        LoadedModule loaded = (LoadedModule) module;
        try {
            return new LoadedFunction(loaded, loaded.module().entry(name));
        } catch (OctetException e) {
            throw Refusal.NOT_FOUND.of("function", e.getMessage());
        }
    }

    @Override
    public void allowSharedMemory(Context.Function function, int bytes) {
        begin("allowSharedMemory");
        LoadedFunction loaded = (LoadedFunction) function;
        context.requireLive(loaded.module());
        if (bytes < 0 || bytes > context.gpu().sharedBytes() - loaded.entry().sharedBytes()) {
            throw Refusal.INVALID_VALUE.of("allowSharedMemory");
        }
        loaded.allow(bytes);
    }

    @Override
    public void unload(Context.Module module) {
        begin("unload");
        context.release(module);
    }

    @Override
    public Context.Stream newStream() {
        begin("newStream");
        return context.hold(new Queue());
    }

    @Override
    public void destroy(Context.Stream stream) {
        begin("destroy");
        context.release(stream);
    }

    @Override
    public void upload(long address, byte[] bytes) {
        begin("upload");
        device.upload(address, bytes);
    }

    @Override
    public void download(byte[] bytes, long address) {
        begin("download");
        byte[] found = device.download(copy(label), address, bytes.length);
        System.arraycopy(found, 0, bytes, 0, bytes.length);
    }

    private static String copy(String purpose) {
        return purpose.isEmpty() ? "The copy" : "The copy for " + purpose;
    }

    @Override
    public void upload(long address, Context.HostMemory host, long bytes, Context.Stream stream) {
        queue("upload", stream, () -> {
            context.requireLive(host);
            byte[] copy = new byte[Math.toIntExact(bytes)];
            host.buffer().get(0, copy);
            device.upload(address, copy);
        });
    }

    @Override
    public void download(Context.HostMemory host, long address, long bytes, Context.Stream stream) {
        String what = copy(label);
        queue("download", stream, () -> {
            context.requireLive(host);
            host.buffer().put(0, device.download(what, address, Math.toIntExact(bytes)));
        });
    }

    @Override
    public void fill(long address, byte value, long bytes, Context.Stream stream) {
        queue("fill", stream, () -> device.fill(address, value, bytes));
    }

    @Override
    public void discard(long address, long bytes, Context.Stream stream) {
        // A GPU's queue has nothing of the kind, so that launches before and behind it follow each other.
        doOrRecord("discard", stream, () -> device.forget(address, bytes));
    }

    @Override
    public void protect(long address) {
        begin("protect");
        device.protect(address);
    }

    @Override
    public void launch(
            Context.Function function, Context.Extents extents, ByteBuffer arguments, Context.Stream stream) {
        LoadedFunction loaded = (LoadedFunction) function;
        if (extents.sharedBytes() > loaded.sharedBytes()) {
            throw Refusal.INVALID_VALUE.of("launch");
        }
        if (extents.dependent() && !((Queue) stream).launchedLast()) {
            throw Refusal.INVALID_VALUE.of("launch", "a dependent launch follows no launch");
        }
        SimulatedEntry entry = label.isEmpty() ? loaded.entry() : loaded.entry().usedFor(label);
        if (extents.dependent() && context.gpu().capability() >= FIRST_WITH_DEPENDENTS) {
            entry.requireWait();
        }
        byte[] parameters = new byte[arguments.capacity()];
        arguments.get(0, parameters);
        doOrRecord("launch", stream, () -> {
            context.requireLive(loaded.module());
            context.simulator()
                    .launch(
                            entry,
                            extents.gridX(),
                            extents.gridY(),
                            extents.threads(),
                            extents.sharedBytes(),
                            parameters);
        });
        ((Queue) stream).queued(true);
    }

    @Override
    public Context.Graph record(Context.Stream stream, Runnable work) {
        begin("record");
        context.requireLive(stream);
        List<Runnable> all = new ArrayList<>();
        recorded = all;
        recordedStream = stream;
        ((Queue) stream).queued(false);
        try {
            work.run();
        } finally {
            ((Queue) stream).queued(false);
            recorded = null;
            recordedStream = null;
        }
        return context.hold(new Recording(all));
    }

    @Override
    public void launch(Context.Graph graph, Context.Stream stream) {
        begin("launchGraph");
        context.requireLive(graph);
        queue("launchGraph", stream, ((Recording) graph)::run);
    }

    @Override
    public void destroy(Context.Graph graph) {
        begin("destroyGraph");
        context.release(graph);
    }

    @Override
    public void synchronize(Context.Stream stream) {
        begin("synchronize");
        context.requireLive(stream);
    }

    @Override
    public Context.Event newEvent() {
        begin("newEvent");
        return context.hold(new Instant());
    }

    @Override
    public void destroy(Context.Event event) {
        begin("destroyEvent");
        context.release(event);
    }

    @Override
    public void record(Context.Event event, Context.Stream stream) {
        context.requireLive(event);
        queue("recordEvent", stream, ((Instant) event)::set);
    }

    @Override
    public float milliseconds(Context.Event from, Context.Event to) {
        begin("milliseconds");
        return (((Instant) to).nanos() - ((Instant) from).nanos()) / 1e6f;
    }

    @Override
    public void close() {
        closed = true;
    }
}
