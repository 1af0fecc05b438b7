package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * NVIDIA's compiler driver, in a process of its own for each kernel. CUDA 13 dropped compute capabilities below 7.5;
 * so that one way serves every version, kernels for older targets are compiled for {@code compute_75}, told their
 * target by the macro {@code OCTET_SM} (since {@code __CUDA_ARCH__} says 750), and relabelled by
 * {@link PtxPostProcessor}; the assembler then refuses whatever the target lacks.
 */
public final class Nvcc implements PtxCompiler {
    private static final String SOURCE = "kernel.cu";
    private static final String RESULT = "kernel.ptx";
    private static final int LOWEST = 75;
    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)+");

    private final Tool tool;
    private final String version;
    private final Duration timeLimit;

    private Nvcc(Path program, String version, Duration timeLimit) {
        this.tool = new Tool(program);
        this.version = version;
        this.timeLimit = timeLimit;
    }

    /**
     * Finds nvcc: by the explicit path, below {@code CUDA_HOME}, then on the search path.
     *
     * @return empty if there is none
     * @throws OctetException if the explicit path is wrong, or what was found is not nvcc
     */
    public static Optional<Nvcc> find(ToolchainOptions options) {
        return locate(options).map(program -> at(program, options));
    }

    private static Optional<Path> locate(ToolchainOptions options) {
        if (options.nvcc().isPresent()) {
            Path program = options.nvcc().get();
            if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
                throw new OctetException(ToolchainCode.NVCC_PATH, program);
            }
            return Optional.of(program);
        }
        return Tool.find("nvcc", searched(options));
    }

    private static Nvcc at(Path program, ToolchainOptions options) {
        Path absolute = program.toAbsolutePath();
        String version =
                new VersionCache(options.cache()).text(List.of(absolute), VERSION, new Tool(absolute)::version);
        return new Nvcc(absolute, version, options.timeLimit());
    }

    /** Folders in which {@link #find} looks, in order. */
    static List<Path> searched(ToolchainOptions options) {
        List<Path> folders = new ArrayList<>();
        options.cudaHome().ifPresent(home -> folders.add(home.resolve("bin")));
        folders.addAll(options.searchPath());
        return folders;
    }

    /** The program that is run. */
    public Path program() {
        return tool.program();
    }

    @Override
    public String cudaVersion() {
        return version;
    }

    @Override
    public String identity() {
        return "nvcc " + version;
    }

    @Override
    public List<String> flags(Target target) {
        return List.of(
                "-ptx",
                "-arch=" + Architecture.compiled(target, Math.max(target.capability(), LOWEST)),
                "-DOCTET_SM=" + target.capability(),
                "-fmad=false");
    }

    @Override
    public String compile(Target target, String source) {
        try (WorkFolder folder = WorkFolder.create()) {
            Files.writeString(folder.path().resolve(SOURCE), source);
            List<String> arguments = new ArrayList<>(flags(target));
            arguments.addAll(List.of("-o", RESULT, SOURCE));
            Tool.Run run = tool.run(arguments, folder.path(), timeLimit);
            check(run, target, KernelNames.inSource(source));
            return result(folder.path().resolve(RESULT), target, KernelNames.inSource(source));
        } catch (IOException e) {
            throw new OctetException(e, ToolchainCode.FILE, "the temporary folder", StoredFiles.reason(e));
        }
    }

    private void check(Tool.Run run, Target target, String kernel) {
        if (!run.finished()) {
            throw new OctetException(ToolchainCode.TIME_LIMIT, identity(), kernel, timeLimit.toSeconds());
        }
        if (run.exit() != 0) {
            throw new OctetException(ToolchainCode.COMPILE, identity(), kernel, target.text(), complaint(run));
        }
    }

    private static String complaint(Tool.Run run) {
        return CompilerLog.firstError(run.output())
                .orElseGet(() -> "exit status " + run.exit() + ", output \"" + CompilerLog.brief(run.output()) + "\"");
    }

    private String result(Path file, Target target, String kernel) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new OctetException(
                    ToolchainCode.MALFORMED_PTX, identity(), kernel, target.text(), "it wrote no file");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
