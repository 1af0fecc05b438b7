package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.octet.plan.Target;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.toolchain.Nvcc;
import dev.octet.toolchain.ToolchainOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kernels with machine code, assembled from their PTX by this machine's nvcc when it is first asked for.
 *
 * @param ptx finds the PTX
 * @param machine ten times the compute capability to assemble for; PTX of one architecture alone is assembled for that
 * @param givesPtx whether PTX is there too
 * @param assembled machine code by hash
 */
record MachineCode(NetworkImage.Kernels ptx, int machine, boolean givesPtx, Map<String, byte[]> assembled)
        implements NetworkImage.Kernels {
    MachineCode(NetworkImage.Kernels ptx, int machine, boolean givesPtx) {
        this(ptx, machine, givesPtx, new ConcurrentHashMap<>());
    }

    @Override
    public Optional<String> ptx(Target target, Step.Kernel kernel) {
        return givesPtx ? ptx.ptx(target, kernel) : Optional.empty();
    }

    @Override
    public Optional<byte[]> cubin(Target target, Step.Kernel kernel, int capability) {
        String text = ptx.ptx(target, kernel).orElseThrow();
        return Optional.of(assembled.computeIfAbsent(kernel.hash(), hash -> assemble(text, architecture(target))));
    }

    private String architecture(Target target) {
        return target == Target.SM_90A ? target.text() : "sm_" + machine;
    }

    private static byte[] assemble(String text, String architecture) {
        Path nvcc = Nvcc.find(ToolchainOptions.fromSystem())
                .orElseGet(() -> fail("no nvcc on this machine: set octet.nvcc or CUDA_HOME"))
                .program();
        try {
            Path folder = Files.createTempDirectory("octet-cubin-");
            Path source = Files.writeString(folder.resolve("kernel.ptx"), text);
            Path cubin = folder.resolve("kernel.cubin");
            try {
                run(nvcc.toString(), "-cubin", "-arch=" + architecture, "-o", cubin.toString(), source.toString());
                return Files.readAllBytes(cubin);
            } finally {
                Files.deleteIfExists(cubin);
                Files.delete(source);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue())
                .as("%s: %s", String.join(" ", command), output)
                .isZero();
    }
}
