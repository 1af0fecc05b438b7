package dev.octet.tools.tune;

import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.kernel.CubinFile;
import dev.octet.plan.kernel.PtxFile;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.toolchain.Machines;
import dev.octet.toolchain.PtxBuild;
import dev.octet.toolchain.ToolchainOptions;
import dev.octet.toolchain.WorkFolder;
import dev.octet.tools.ToolsCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Kernels for one machine, made by the build's own step, with its cache: machine code, or PTX where there is no assembler, as a
 * build has them.
 *
 * @param machine ten times the compute capability
 * @param cubins ELF files by hash of the source
 * @param ptx PTX by hash of the source, of the others
 */
public record BuiltKernels(int machine, Map<String, byte[]> cubins, Map<String, String> ptx)
        implements NetworkImage.Kernels {
    /**
     * Builds kernels on all cores, in a folder that is deleted then.
     *
     * @param machine ten times the compute capability of the device
     * @param options where the compiler is
     * @throws OctetException {@link TuneCode#NOT_BUILT} if there is no CUDA compiler, and the codes of {@link PtxBuild}
     */
    public static BuiltKernels of(List<KernelSource> sources, int machine, ToolchainOptions options) {
        try (WorkFolder folder = WorkFolder.create()) {
            return of(sources, machine, options, folder.path());
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "write", "a temporary folder", StoredFiles.reason(e));
        }
    }

    private static BuiltKernels of(List<KernelSource> sources, int machine, ToolchainOptions options, Path folder)
            throws IOException {
        for (KernelSource source : sources) {
            Path file = folder.resolve(ResourcePaths.kernel(source.target(), source.hash(), "cu"));
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.text());
        }
        PtxBuild.Result result = new PtxBuild(options.withCubins(new Machines(List.of(machine)))).run(folder);
        if (result.missing() > 0) {
            throw new OctetException(
                    TuneCode.NOT_BUILT, result.missing(), result.kernels(), String.join(" ", result.warnings()));
        }
        Map<String, byte[]> cubins = new TreeMap<>();
        Map<String, String> ptx = new TreeMap<>();
        for (KernelSource source : sources) {
            Path cubin = folder.resolve(ResourcePaths.cubin(source.target(), source.hash(), machine));
            if (Files.isRegularFile(cubin)) {
                cubins.put(source.hash(), elf(cubin));
            } else {
                ptx.put(
                        source.hash(),
                        ptx(folder.resolve(ResourcePaths.kernel(source.target(), source.hash(), "ptx"))));
            }
        }
        return new BuiltKernels(machine, cubins, ptx);
    }

    private static byte[] elf(Path file) throws IOException {
        return CubinFile.read(Files.readAllBytes(file)).orElseThrow().elf();
    }

    private static String ptx(Path file) throws IOException {
        return PtxFile.read(Files.readAllBytes(file)).orElseThrow().ptx();
    }

    @Override
    public Optional<String> ptx(Target target, Step.Kernel kernel) {
        return Optional.ofNullable(ptx.get(kernel.hash()));
    }

    @Override
    public Optional<byte[]> cubin(Target target, Step.Kernel kernel, int capability) {
        return capability == machine ? Optional.ofNullable(cubins.get(kernel.hash())) : Optional.empty();
    }
}
