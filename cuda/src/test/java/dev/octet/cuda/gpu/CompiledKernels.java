package dev.octet.cuda.gpu;

import static org.junit.jupiter.api.Assertions.fail;

import dev.octet.plan.Target;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.toolchain.CudaTools;
import dev.octet.toolchain.KernelCache;
import dev.octet.toolchain.KernelCompiler;
import dev.octet.toolchain.PtxCompiler;
import dev.octet.toolchain.ToolchainOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Kernels compiled by this machine's nvcc or NVRTC, as the build would: by hash. */
final class CompiledKernels implements NetworkImage.Kernels {
    private static final KernelCompiler COMPILER = compiler();

    private final Map<String, String> ptx;

    private CompiledKernels(Map<String, String> ptx) {
        this.ptx = ptx;
    }

    private static KernelCompiler compiler() {
        ToolchainOptions options = ToolchainOptions.fromSystem();
        CudaTools tools = CudaTools.find(options);
        PtxCompiler compiler = tools.compiler()
                .orElseGet(() -> fail("no CUDA compiler on this machine: set octet.nvcc, octet.nvrtc or CUDA_HOME"));
        return new KernelCompiler(compiler, tools.assembler(), new KernelCache(options.cache()));
    }

    /** Compiles sources, by hash, on all cores. */
    static CompiledKernels of(Target target, Map<String, String> sources) {
        Map<String, String> ptx = new TreeMap<>();
        sources.entrySet().parallelStream()
                .map(source -> Map.entry(source.getKey(), COMPILER.ptx(target, source.getValue())))
                .forEachOrdered(result -> ptx.put(result.getKey(), result.getValue()));
        return new CompiledKernels(ptx);
    }

    @Override
    public Optional<String> ptx(Target target, Step.Kernel kernel) {
        return Optional.ofNullable(ptx.get(kernel.hash()));
    }
}
