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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Kernels compiled by this machine's nvcc or NVRTC, as the build would: by hash. */
final class CompiledKernels implements NetworkImage.Kernels {
    private static final int OF_A_MODULE = 10;
    private static final ToolchainOptions OPTIONS = ToolchainOptions.fromSystem();
    private static final CudaTools TOOLS = CudaTools.find(OPTIONS);
    private static final PtxCompiler RAW = TOOLS.compiler()
            .orElseGet(() -> fail("no CUDA compiler on this machine: set octet.nvcc, octet.nvrtc or CUDA_HOME"));
    private static final KernelCompiler COMPILER =
            new KernelCompiler(RAW, TOOLS.assembler(), new KernelCache(OPTIONS.cache()));

    private final Map<String, String> ptx;

    private CompiledKernels(Map<String, String> ptx) {
        this.ptx = ptx;
    }

    /** Compiles sources, by hash, on all cores. */
    static CompiledKernels of(Target target, Map<String, String> sources) {
        Map<String, String> ptx = new TreeMap<>();
        sources.entrySet().parallelStream()
                .map(source -> Map.entry(source.getKey(), COMPILER.ptx(target, source.getValue())))
                .forEachOrdered(result -> ptx.put(result.getKey(), result.getValue()));
        return new CompiledKernels(ptx);
    }

    /**
     * Compiles sources, by hash, many in one module so that the compiler's start counts less. For simulated devices: nothing
     * is assembled, and a driver would compile every module as often as it has kernels.
     */
    static CompiledKernels inFewModules(Target target, Map<String, String> sources) {
        List<String> hashes = new ArrayList<>(sources.keySet());
        List<List<String>> modules = IntStream.iterate(0, from -> from < hashes.size(), from -> from + OF_A_MODULE)
                .mapToObj(from -> hashes.subList(from, Math.min(hashes.size(), from + OF_A_MODULE)))
                .toList();
        Map<String, String> ptx = new TreeMap<>();
        modules.parallelStream()
                .map(module -> Map.entry(module, forTarget(target, RAW.compile(target, joined(module, sources)))))
                .forEachOrdered(result -> result.getKey().forEach(hash -> ptx.put(hash, result.getValue())));
        return new CompiledKernels(ptx);
    }

    /** Compilers of today start at a later target than kernels do. */
    private static String forTarget(Target target, String ptx) {
        return ptx.replaceFirst("\\.target sm_\\w+", ".target " + target.text());
    }

    /** Sources that keep their types and functions apart. */
    private static String joined(List<String> hashes, Map<String, String> sources) {
        return hashes.stream()
                .map(hash -> "namespace k" + hash + " {\n" + sources.get(hash) + "}\n")
                .collect(Collectors.joining());
    }

    @Override
    public Optional<String> ptx(Target target, Step.Kernel kernel) {
        return Optional.ofNullable(ptx.get(kernel.hash()));
    }
}
