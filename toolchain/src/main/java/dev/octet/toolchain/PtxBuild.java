package dev.octet.toolchain;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The build step that compiles every kernel below a folder of classes: {@code META-INF/octet/kernels/<target>/*.cu} to
 * a {@code .ptx} beside it. What is up to date is left alone without starting any compiler; PTX whose source is gone
 * is deleted.
 */
public final class PtxBuild {
    private static final String KERNELS = "META-INF/octet/kernels";

    private final ToolchainOptions options;

    public PtxBuild(ToolchainOptions options) {
        this.options = options;
    }

    /**
     * What a build did.
     *
     * @param compiled kernels compiled
     * @param cached kernels taken from the cache
     * @param upToDate kernels left alone
     * @param missing kernels without PTX, because there is no compiler
     * @param removed PTX files deleted because their source is gone
     * @param warnings what the user should know, one complete message each
     */
    public record Result(int compiled, int cached, int upToDate, int missing, int removed, List<String> warnings) {
        public Result {
            warnings = List.copyOf(warnings);
        }

        /** Number of kernels. */
        public int kernels() {
            return compiled + cached + upToDate + missing;
        }
    }

    /**
     * Compiles what needs it.
     *
     * @param classes folder of classes, the root of the resources
     * @throws OctetException with a {@link ToolchainCode} for the first kernel, by path, that does not compile
     */
    public Result run(Path classes) {
        try {
            List<KernelFile> kernels = kernels(classes);
            return kernels.isEmpty() ? finish(classes, List.of(), List.of()) : build(classes, kernels);
        } catch (IOException | UncheckedIOException e) {
            IOException cause = e instanceof IOException io ? io : ((UncheckedIOException) e).getCause();
            throw new OctetException(cause, ToolchainCode.FILE, classes, StoredFiles.reason(cause));
        }
    }

    private Result build(Path classes, List<KernelFile> kernels) throws IOException {
        Optional<Nvcc> nvcc = Nvcc.find(options);
        Optional<PtxAssembler> assembler = nvcc.flatMap(found -> PtxAssembler.beside(found, options));
        Optional<KernelCompiler> compiler =
                nvcc.map(found -> new KernelCompiler(found, assembler, new KernelCache(options.cache())));
        List<KernelFile.Outcome> outcomes =
                new Parallel(options.parallelism()).map(kernels, kernel -> kernel.update(compiler));
        List<String> warnings = new ArrayList<>();
        if (nvcc.isPresent() && assembler.isEmpty()) {
            warnings.add(ToolchainCode.NO_ASSEMBLER.message(nvcc.get().program()));
        }
        compiler.flatMap(KernelCompiler::cacheTrouble)
                .ifPresent(trouble -> warnings.add(ToolchainCode.CACHE.message(options.cache(), trouble)));
        int missing = count(outcomes, KernelFile.Outcome.MISSING);
        if (missing > 0) {
            warnings.add(ToolchainCode.NO_COMPILER.message(searched(), missing, kernels.size()));
        }
        return finish(classes, outcomes, warnings);
    }

    private static String searched() {
        return "octet.nvcc, CUDA_HOME and the PATH";
    }

    private static Result finish(Path classes, List<KernelFile.Outcome> outcomes, List<String> warnings)
            throws IOException {
        return new Result(
                count(outcomes, KernelFile.Outcome.COMPILED),
                count(outcomes, KernelFile.Outcome.CACHED),
                count(outcomes, KernelFile.Outcome.UP_TO_DATE),
                count(outcomes, KernelFile.Outcome.MISSING),
                removeOrphans(classes),
                warnings);
    }

    private static int count(List<KernelFile.Outcome> outcomes, KernelFile.Outcome outcome) {
        return (int) outcomes.stream().filter(o -> o == outcome).count();
    }

    private static List<KernelFile> kernels(Path classes) throws IOException {
        List<KernelFile> kernels = new ArrayList<>();
        for (Path folder : list(classes.resolve(KERNELS))) {
            List<Path> sources = list(folder).stream()
                    .filter(file -> file.toString().endsWith(".cu"))
                    .toList();
            if (!sources.isEmpty()) {
                Target target = target(folder);
                sources.forEach(source -> kernels.add(new KernelFile(target, source)));
            }
        }
        return kernels;
    }

    private static Target target(Path folder) {
        return Arrays.stream(Target.values())
                .filter(target -> target.text().equals(folder.getFileName().toString()))
                .findFirst()
                .orElseThrow(() -> new OctetException(ToolchainCode.UNKNOWN_TARGET, folder));
    }

    private static int removeOrphans(Path classes) throws IOException {
        int removed = 0;
        for (Path folder : list(classes.resolve(KERNELS))) {
            for (Path file : list(folder)) {
                if (isOrphan(file)) {
                    Files.deleteIfExists(file);
                    removed++;
                }
            }
        }
        return removed;
    }

    /** Only files that this step wrote are its own to delete. */
    private static boolean isOrphan(Path file) throws IOException {
        String name = file.getFileName().toString();
        return name.endsWith(".ptx")
                && !Files.exists(file.resolveSibling(name.substring(0, name.length() - 4) + ".cu"))
                && StoredFiles.read(file)
                        .map(bytes -> head(bytes).startsWith("// octet-ptx "))
                        .orElse(false);
    }

    private static String head(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
    }

    /** Contents of a folder by name; none if there is no such folder. */
    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
