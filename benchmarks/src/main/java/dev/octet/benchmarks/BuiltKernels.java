package dev.octet.benchmarks;

import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.kernel.CubinFile;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.toolchain.Machines;
import dev.octet.toolchain.PtxBuild;
import dev.octet.toolchain.ToolchainOptions;
import dev.octet.toolchain.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Kernels as machine code for one machine, made by the build's own step, with its cache.
 *
 * @param machine ten times the compute capability
 * @param cubins ELF files by hash of the source
 */
record BuiltKernels(int machine, Map<String, byte[]> cubins) implements NetworkImage.Kernels {
    /**
     * Builds kernels on all cores.
     *
     * @param folder an empty folder, for the build's files
     * @throws IllegalStateException if there is no CUDA compiler
     */
    static BuiltKernels of(List<KernelSource> sources, int machine, Path folder) throws IOException {
        for (KernelSource source : sources) {
            Path file = folder.resolve(ResourcePaths.kernel(source.target(), source.hash(), "cu"));
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.text());
        }
        PtxBuild.Result result = new PtxBuild(options(machine)).run(folder);
        if (result.missing() > 0) {
            throw new IllegalStateException(String.join(" ", result.warnings()));
        }
        Map<String, byte[]> cubins = new TreeMap<>();
        for (KernelSource source : sources) {
            Path file = folder.resolve(ResourcePaths.cubin(source.target(), source.hash(), machine));
            cubins.put(
                    source.hash(),
                    CubinFile.read(Files.readAllBytes(file)).orElseThrow().elf());
        }
        return new BuiltKernels(machine, cubins);
    }

    /** Builds kernels on all cores, in a folder that is deleted then. */
    static BuiltKernels of(List<KernelSource> sources, int machine) throws IOException {
        try (WorkFolder folder = WorkFolder.create()) {
            return of(sources, machine, folder.path());
        }
    }

    private static ToolchainOptions options(int machine) {
        return ToolchainOptions.fromSystem().withCubins(new Machines(List.of(machine)));
    }

    /** None: what runs is the machine code. */
    @Override
    public Optional<String> ptx(Target target, Step.Kernel kernel) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> cubin(Target target, Step.Kernel kernel, int capability) {
        return capability == machine ? Optional.ofNullable(cubins.get(kernel.hash())) : Optional.empty();
    }
}
