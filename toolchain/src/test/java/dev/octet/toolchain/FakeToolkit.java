package dev.octet.toolchain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A toolkit of shell scripts, to see what happens when the real one does not work. Logs every call. */
final class FakeToolkit {
    static final String VERSION = "echo 'Cuda compilation tools, release 13.0, V13.0.88'";
    static final String PTX = """
            //
            // Compiler Build ID: CL-1
            //
            .version 9.0
            .target sm_75
            .address_size 64

            .visible .entry k(
            	.param .align 8 .b8 k_param_0[24]
            )
            {
            	.reg .b32 	%r<4>;
            	dp4a.s32.s32 %r1, %r2, %r3, %r1;
            	ret;
            }
            """;

    private static final String WORKING_NVCC = "cat > kernel.ptx <<'END'\n" + PTX + "END";

    static final String WORKING_PTXAS =
            "echo 'ptxas info    : Used 18 registers, used 1 barriers, 2176 bytes smem'; echo \"ELF $1\" > kernel.cubin";

    private final Path folder;

    FakeToolkit(Path folder) {
        this.folder = folder;
    }

    /** nvcc answers {@code --version} with {@code onVersion} and does {@code onCompile} for everything else. */
    FakeToolkit nvcc(String onVersion, String onCompile) {
        return script("nvcc", "if [ \"$1\" = --version ]; then\n" + onVersion + "\nelse\n" + onCompile + "\nfi\n");
    }

    /** nvcc that writes {@link #PTX}. */
    FakeToolkit workingNvcc() {
        return nvcc(VERSION, WORKING_NVCC);
    }

    /** The same of another version. */
    FakeToolkit workingNvcc(String version) {
        return nvcc("echo V" + version, WORKING_NVCC);
    }

    /** ptxas 13.0.88 with code for three machines, which does {@code body} to assemble. */
    FakeToolkit ptxas(String body) {
        return ptxas("V13.0.88", "'sm_75','sm_80','sm_90'", body);
    }

    FakeToolkit ptxas(String version, String help, String body) {
        return script(
                "ptxas",
                "case \"$1\" in\n--version) echo \"" + version + "\";;\n--help) echo \"" + help + "\";;\n*) " + body
                        + "\nesac\n");
    }

    FakeToolkit workingPtxas() {
        return ptxas(WORKING_PTXAS);
    }

    private FakeToolkit script(String name, String body) {
        try {
            Path file = folder.resolve(name);
            Files.writeString(file, "#!/bin/sh\necho \"" + name + " $1\" >> '" + log() + "'\n" + body);
            if (!file.toFile().setExecutable(true)) {
                throw new IllegalStateException("cannot make " + file + " executable");
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("calls.log");
    }

    /** The calls so far: program and first argument. */
    List<String> calls() {
        try {
            return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forgetCalls() {
        try {
            Files.deleteIfExists(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path program(String name) {
        return folder.resolve(name);
    }

    /** Options with which only this toolkit is found, and machine code is made for some machines. */
    ToolchainOptions options(Machines machines) {
        return new ToolchainOptions(
                Optional.empty(),
                Optional.empty(),
                List.of(folder),
                Optional.empty(),
                Optional.of(machines),
                folder.resolve("cache"),
                Duration.ofSeconds(20),
                false,
                2);
    }

    /** Options with which only this toolkit is found. */
    ToolchainOptions options() {
        return options(Duration.ofSeconds(20));
    }

    ToolchainOptions options(Duration timeLimit) {
        return new ToolchainOptions(
                Optional.empty(), Optional.empty(), List.of(folder), folder.resolve("cache"), timeLimit, 2);
    }
}
