package dev.octet.cuda.gpu;

import dev.octet.cuda.driver.Driver;
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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Kernels with machine code for one machine, made by the build's own step on all cores: nothing is left to the driver. */
final class BuiltKernels implements NetworkImage.Kernels {
    private final int machine;
    private final Map<String, String> ptx = new TreeMap<>();
    private final Map<String, byte[]> cubins = new TreeMap<>();

    private BuiltKernels(int machine) {
        this.machine = machine;
    }

    /** Builds sources, by hash, for the first GPU. */
    static BuiltKernels forGpu(Target target, Map<String, String> sources) {
        Driver.Gpu gpu = Gpu.driver().gpus().get(0);
        return of(target, sources, gpu.capability());
    }

    /** Builds sources, by hash, for a machine such as 90. */
    static BuiltKernels of(Target target, Map<String, String> sources, int machine) {
        BuiltKernels built = new BuiltKernels(machine);
        try (WorkFolder folder = WorkFolder.create()) {
            built.build(folder.path(), target, sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return built;
    }

    private void build(Path folder, Target target, Map<String, String> sources) throws IOException {
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(ResourcePaths.kernel(target, source.getKey(), "cu"));
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
        }
        new PtxBuild(options()).run(folder);
        for (String hash : sources.keySet()) {
            byte[] text = Files.readAllBytes(folder.resolve(ResourcePaths.kernel(target, hash, "ptx")));
            ptx.put(hash, new String(text, StandardCharsets.UTF_8));
            byte[] cubin = Files.readAllBytes(folder.resolve(ResourcePaths.cubin(target, hash, machine)));
            cubins.put(hash, CubinFile.read(cubin).orElseThrow().elf());
        }
    }

    private ToolchainOptions options() {
        return ToolchainOptions.fromSystem().withCubins(new Machines(List.of(machine)));
    }

    @Override
    public Optional<String> ptx(Target target, Step.Kernel kernel) {
        return Optional.ofNullable(ptx.get(kernel.hash()));
    }

    /** The machine code of a kernel that was built. */
    byte[] cubin(Step.Kernel kernel) {
        return Optional.ofNullable(cubins.get(kernel.hash())).orElseThrow();
    }

    @Override
    public Optional<byte[]> cubin(Target target, Step.Kernel kernel, int capability) {
        return capability == machine ? Optional.ofNullable(cubins.get(kernel.hash())) : Optional.empty();
    }
}
