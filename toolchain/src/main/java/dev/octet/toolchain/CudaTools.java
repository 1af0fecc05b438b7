package dev.octet.toolchain;

import java.util.List;
import java.util.Optional;

/**
 * What compiles and assembles kernels on this machine: nvcc with its ptxas, or NVRTC with nvJitLink, or nothing. Close
 * it when everything is compiled.
 */
public final class CudaTools implements AutoCloseable {
    static final String SEARCHED = "octet.nvcc, CUDA_HOME, the PATH; for NVRTC octet.nvrtc and the class path";

    private final Optional<PtxCompiler> compiler;
    private final Optional<PtxAssembler> assembler;
    private final List<String> warnings;
    private final Runnable end;

    private CudaTools(
            Optional<PtxCompiler> compiler, Optional<PtxAssembler> assembler, List<String> warnings, Runnable end) {
        this.compiler = compiler;
        this.assembler = assembler;
        this.warnings = warnings;
        this.end = end;
    }

    /**
     * Finds nvcc by the explicit path, below {@code CUDA_HOME} or on the search path; if there is none, NVRTC by the
     * setting or on the class path. Starts nothing that stays.
     *
     * @throws dev.octet.plan.diag.OctetException if a setting is wrong, or what was found is not what it seems
     */
    public static CudaTools find(ToolchainOptions options) {
        Optional<Nvcc> nvcc = Nvcc.find(options);
        if (nvcc.isPresent()) {
            return of(nvcc.get(), options);
        }
        Optional<NvrtcFiles> files = NvrtcFiles.find(options);
        return files.isPresent()
                ? of(files.get(), options)
                : new CudaTools(Optional.empty(), Optional.empty(), List.of(), () -> {});
    }

    private static CudaTools of(Nvcc nvcc, ToolchainOptions options) {
        Optional<PtxAssembler> assembler = Ptxas.beside(nvcc, options).map(found -> found);
        List<String> warnings =
                assembler.isPresent() ? List.of() : List.of(ToolchainCode.NO_ASSEMBLER.message(nvcc.program()));
        return new CudaTools(Optional.of(nvcc), assembler, warnings, () -> {});
    }

    private static CudaTools of(NvrtcFiles files, ToolchainOptions options) {
        NvrtcLibraries libraries = new NvrtcLibraries(files, options.cache());
        NvrtcProcesses processes = new NvrtcProcesses(libraries, options.timeLimit());
        return new CudaTools(
                Optional.of(new Nvrtc(processes)), Optional.of(new JitLink(processes)), List.of(), processes::close);
    }

    /** Makes PTX, if there is anything that does. */
    public Optional<PtxCompiler> compiler() {
        return compiler;
    }

    /** Checks PTX and makes machine code of it, if there is anything that does. */
    public Optional<PtxAssembler> assembler() {
        return assembler;
    }

    /** What the user should know of them, one complete message each. */
    List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() {
        end.run();
    }
}
