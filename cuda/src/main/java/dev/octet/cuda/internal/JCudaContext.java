package dev.octet.cuda.internal;

import static dev.octet.cuda.internal.JCudaBinding.check;
import static dev.octet.cuda.internal.JCudaBinding.result;
import static jcuda.driver.JCudaDriver.cuCtxPopCurrent;
import static jcuda.driver.JCudaDriver.cuCtxPushCurrent;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRelease;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventDestroy;
import static jcuda.driver.JCudaDriver.cuEventElapsedTime;
import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuFuncSetAttribute;
import static jcuda.driver.JCudaDriver.cuGraphDestroy;
import static jcuda.driver.JCudaDriver.cuGraphExecDestroy;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemFreeHost;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;
import static jcuda.driver.JCudaDriver.cuMemHostAlloc;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoH;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoD;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;
import static jcuda.driver.JCudaDriver.cuMemsetD8Async;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static jcuda.driver.JCudaDriver.cuModuleLoadDataJIT;
import static jcuda.driver.JCudaDriver.cuModuleUnload;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamDestroy;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;

import dev.octet.cuda.driver.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUjit_option;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JITOptions;

/** A primary context through JCuda. */
final class JCudaContext implements Context {
    private static final int LOG_BYTES = 16384;

    private final CUcontext context;
    private final CUdevice device;
    private final Supplier<Optional<LaunchFunction>> dependentLaunches;

    /** A context; {@code dependentLaunches} is asked at each launch that may begin early. */
    JCudaContext(CUcontext context, CUdevice device, Supplier<Optional<LaunchFunction>> dependentLaunches) {
        this.context = context;
        this.device = device;
        this.dependentLaunches = dependentLaunches;
    }

    @Override
    public Current enter() {
        check("cuCtxPushCurrent", () -> cuCtxPushCurrent(context));
        return new JCudaCurrent(dependentLaunches);
    }

    @Override
    public void close() {
        check("cuDevicePrimaryCtxRelease", () -> cuDevicePrimaryCtxRelease(device));
    }

    private record JModule(CUmodule handle) implements Module {}

    private record JFunction(CUfunction handle) implements Function {}

    private record JStream(CUstream handle) implements Stream {}

    private record JEvent(CUevent handle) implements Event {}

    private record JGraph(CUgraphExec handle) implements Graph {}

    private record JHostMemory(Pointer pointer, ByteBuffer buffer) implements HostMemory {}

    /** Device pointer that tells its number, which JCuda keeps to itself and its subclasses. */
    private static final class Address extends CUdeviceptr {
        long number() {
            return getNativePointer();
        }

        /** JCuda adds the offset to the pointer, here null, whenever it passes one on. */
        static CUdeviceptr of(long number) {
            return new CUdeviceptr().withByteOffset(number);
        }
    }

    /** The number of a handle. */
    private static final class Handle extends NativePointerObject {
        private Handle(NativePointerObject other) {
            super(other);
        }

        static long number(NativePointerObject other) {
            return new Handle(other).getNativePointer();
        }
    }

    private static CUstream handle(Stream stream) {
        return ((JStream) stream).handle();
    }

    private static CUfunction handle(Function function) {
        return ((JFunction) function).handle();
    }

    private static CUevent handle(Event event) {
        return ((JEvent) event).handle();
    }

    private static CUgraphExec handle(Graph graph) {
        return ((JGraph) graph).handle();
    }

    private static Pointer pointer(HostMemory memory) {
        return ((JHostMemory) memory).pointer();
    }

    private static final class JCudaCurrent implements Current {
        private final Supplier<Optional<LaunchFunction>> dependentLaunches;

        JCudaCurrent(Supplier<Optional<LaunchFunction>> dependentLaunches) {
            this.dependentLaunches = dependentLaunches;
        }

        @Override
        public MemoryInfo memory() {
            long[] free = new long[1];
            long[] total = new long[1];
            check("cuMemGetInfo", () -> cuMemGetInfo(free, total));
            return new MemoryInfo(free[0], total[0]);
        }

        @Override
        public long allocate(long bytes) {
            Address address = new Address();
            check("cuMemAlloc", () -> cuMemAlloc(address, bytes));
            return address.number();
        }

        @Override
        public void free(long address) {
            check("cuMemFree", () -> cuMemFree(Address.of(address)));
        }

        @Override
        public HostMemory allocateHost(int bytes) {
            Pointer pointer = new Pointer();
            check("cuMemHostAlloc", () -> cuMemHostAlloc(pointer, bytes, 0));
            return new JHostMemory(pointer, pointer.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()));
        }

        @Override
        public void free(HostMemory memory) {
            check("cuMemFreeHost", () -> cuMemFreeHost(pointer(memory)));
        }

        @Override
        public Module load(String ptx) {
            byte[] text = ptx.getBytes(StandardCharsets.UTF_8);
            JITOptions options = new JITOptions();
            options.putBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER, new byte[LOG_BYTES]);
            options.putInt(CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, LOG_BYTES);
            CUmodule module = new CUmodule();
            Pointer terminated = Pointer.to(Arrays.copyOf(text, text.length + 1));
            int result = result(() -> cuModuleLoadDataJIT(module, terminated, options));
            String log = JCudaBinding.text(options.getBytes(CUjit_option.CU_JIT_ERROR_LOG_BUFFER));
            check("cuModuleLoadDataEx", result, log);
            return new JModule(module);
        }

        @Override
        public Module load(byte[] cubin) {
            CUmodule module = new CUmodule();
            check("cuModuleLoadData", () -> cuModuleLoadData(module, cubin));
            return new JModule(module);
        }

        @Override
        public Function function(Module module, String name) {
            CUfunction function = new CUfunction();
            check("cuModuleGetFunction", () -> cuModuleGetFunction(function, ((JModule) module).handle(), name));
            return new JFunction(function);
        }

        @Override
        public void allowSharedMemory(Function function, int bytes) {
            int attribute = CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;
            check("cuFuncSetAttribute", () -> cuFuncSetAttribute(handle(function), attribute, bytes));
        }

        @Override
        public void unload(Module module) {
            check("cuModuleUnload", () -> cuModuleUnload(((JModule) module).handle()));
        }

        @Override
        public Stream newStream() {
            CUstream stream = new CUstream();
            check("cuStreamCreate", () -> cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
            return new JStream(stream);
        }

        @Override
        public void destroy(Stream stream) {
            check("cuStreamDestroy", () -> cuStreamDestroy(handle(stream)));
        }

        @Override
        public void upload(long address, byte[] bytes) {
            check("cuMemcpyHtoD", () -> cuMemcpyHtoD(Address.of(address), Pointer.to(bytes), bytes.length));
            // The copy may still be under way in the default stream, for which other streams do not wait.
            check("cuStreamSynchronize", () -> cuStreamSynchronize(new CUstream()));
        }

        @Override
        public void download(byte[] bytes, long address) {
            check("cuMemcpyDtoH", () -> cuMemcpyDtoH(Pointer.to(bytes), Address.of(address), bytes.length));
        }

        @Override
        public void upload(long address, HostMemory host, long bytes, Stream stream) {
            check(
                    "cuMemcpyHtoDAsync",
                    () -> cuMemcpyHtoDAsync(Address.of(address), pointer(host), bytes, handle(stream)));
        }

        @Override
        public void download(HostMemory host, long address, long bytes, Stream stream) {
            check(
                    "cuMemcpyDtoHAsync",
                    () -> cuMemcpyDtoHAsync(pointer(host), Address.of(address), bytes, handle(stream)));
        }

        @Override
        public void fill(long address, byte value, long bytes, Stream stream) {
            check("cuMemsetD8Async", () -> cuMemsetD8Async(Address.of(address), value, bytes, handle(stream)));
        }

        @Override
        public void launch(Function function, Extents extents, ByteBuffer arguments, Stream stream) {
            Optional<LaunchFunction> early = extents.dependent() ? dependentLaunches.get() : Optional.empty();
            if (early.isEmpty()) {
                launchAfterAll(function, extents, arguments, stream);
                return;
            }
            long entry = Handle.number(handle(function));
            long queue = Handle.number(handle(stream));
            check("cuLaunchKernelEx", early.get().launch(entry, extents, arguments, queue), "");
        }

        private static void launchAfterAll(Function function, Extents extents, ByteBuffer arguments, Stream stream) {
            check(
                    "cuLaunchKernel",
                    () -> cuLaunchKernel(
                            handle(function),
                            extents.gridX(),
                            extents.gridY(),
                            1,
                            extents.threads(),
                            1,
                            1,
                            extents.sharedBytes(),
                            handle(stream),
                            Pointer.to(Pointer.to(arguments)),
                            null));
        }

        /** In the thread's own mode, so that other threads may use the driver meanwhile. */
        @Override
        public Graph record(Stream stream, Runnable work) {
            int mode = CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL;
            check("cuStreamBeginCapture", () -> cuStreamBeginCapture(handle(stream), mode));
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                discardRecording(stream);
                throw e;
            }
            CUgraph recorded = new CUgraph();
            check("cuStreamEndCapture", () -> cuStreamEndCapture(handle(stream), recorded));
            try {
                CUgraphExec graph = new CUgraphExec();
                check("cuGraphInstantiate", () -> cuGraphInstantiate(graph, recorded, 0));
                return new JGraph(graph);
            } finally {
                result(() -> cuGraphDestroy(recorded));
            }
        }

        /** Ends a recording that failed; the driver answers with a graph only if the failure was not the driver's. */
        private static void discardRecording(Stream stream) {
            CUgraph recorded = new CUgraph();
            if (result(() -> cuStreamEndCapture(handle(stream), recorded)) == 0) {
                result(() -> cuGraphDestroy(recorded));
            }
        }

        @Override
        public void launch(Graph graph, Stream stream) {
            check("cuGraphLaunch", () -> cuGraphLaunch(handle(graph), handle(stream)));
        }

        @Override
        public void destroy(Graph graph) {
            check("cuGraphExecDestroy", () -> cuGraphExecDestroy(handle(graph)));
        }

        @Override
        public void synchronize(Stream stream) {
            check("cuStreamSynchronize", () -> cuStreamSynchronize(handle(stream)));
        }

        @Override
        public Event newEvent() {
            CUevent event = new CUevent();
            check("cuEventCreate", () -> cuEventCreate(event, CUevent_flags.CU_EVENT_DEFAULT));
            return new JEvent(event);
        }

        @Override
        public void destroy(Event event) {
            check("cuEventDestroy", () -> cuEventDestroy(handle(event)));
        }

        @Override
        public void record(Event event, Stream stream) {
            check("cuEventRecord", () -> cuEventRecord(handle(event), handle(stream)));
        }

        @Override
        public float milliseconds(Event from, Event to) {
            float[] milliseconds = new float[1];
            check("cuEventElapsedTime", () -> cuEventElapsedTime(milliseconds, handle(from), handle(to)));
            return milliseconds[0];
        }

        /** The answer is not checked: in a lost context every call repeats the error that was already reported. */
        @Override
        public void close() {
            result(() -> cuCtxPopCurrent(new CUcontext()));
        }
    }
}
