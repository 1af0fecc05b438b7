package dev.octet.toolchain;

import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The build step that compiles every kernel below a folder of classes: {@code META-INF/octet/kernels/<target>/*.cu} to
 * a {@code .ptx} and, for some machines, a {@code .sm_<machine>.cubin} beside it. What is up to date is left alone
 * without starting any tool; what has no source any more, or is for a machine that is no longer asked for, is deleted.
 */
public final class PtxBuild {
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
     * @param removed files deleted, of earlier builds
     * @param cubins what was done with machine code
     * @param warnings what the user should know, one complete message each
     */
    public record Result(
            int compiled, int cached, int upToDate, int missing, int removed, Cubins cubins, List<String> warnings) {
        public Result {
            warnings = List.copyOf(warnings);
        }

        /** Number of kernels. */
        public int kernels() {
            return compiled + cached + upToDate + missing;
        }
    }

    /**
     * What a build did with machine code: one cubin for each kernel and machine that runs it.
     *
     * @param assembled cubins assembled
     * @param cached cubins taken from the cache
     * @param upToDate cubins left alone
     */
    public record Cubins(int assembled, int cached, int upToDate) {
        /** Number of cubins. */
        public int total() {
            return assembled + cached + upToDate;
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
            if (kernels.isEmpty()) {
                return result(List.of(), remove(classes, new Leftovers(Optional.empty())), List.of());
            }
            try (CudaTools tools = CudaTools.find(options)) {
                return build(classes, kernels, tools);
            }
        } catch (IOException | UncheckedIOException e) {
            IOException cause = e instanceof IOException io ? io : ((UncheckedIOException) e).getCause();
            throw new OctetException(cause, ToolchainCode.FILE, classes, StoredFiles.reason(cause));
        }
    }

    private Result build(Path classes, List<KernelFile> kernels, CudaTools tools) throws IOException {
        KernelCache cache = new KernelCache(options.cache());
        Optional<KernelCompiler> compiler =
                tools.compiler().map(found -> new KernelCompiler(found, tools.assembler(), cache));
        Optional<Machines> machines = tools.assembler().map(found -> Machines.of(options.cubins(), found));
        Machines made = machines.orElse(new Machines(List.of()));
        List<KernelFile.Update> updates =
                new Parallel(options.parallelism()).map(kernels, kernel -> kernel.update(compiler, made));
        Leftovers leftovers = new Leftovers(machines.map(list ->
                kernels.stream().flatMap(kernel -> kernel.cubins(list).stream()).collect(Collectors.toSet())));
        return result(updates, remove(classes, leftovers), warnings(tools, cache, updates));
    }

    private List<String> warnings(CudaTools tools, KernelCache cache, List<KernelFile.Update> updates) {
        List<String> warnings = new ArrayList<>(tools.warnings());
        cache.trouble().ifPresent(trouble -> warnings.add(ToolchainCode.CACHE.message(options.cache(), trouble)));
        int missing = count(updates.stream().map(KernelFile.Update::ptx), KernelFile.Outcome.MISSING);
        if (missing > 0) {
            warnings.add(ToolchainCode.NO_COMPILER.message(CudaTools.SEARCHED, missing, updates.size()));
        }
        return warnings;
    }

    private static Result result(List<KernelFile.Update> updates, int removed, List<String> warnings) {
        List<KernelFile.Outcome> ptx =
                updates.stream().map(KernelFile.Update::ptx).toList();
        List<KernelFile.Outcome> cubins =
                updates.stream().flatMap(update -> update.cubins().stream()).toList();
        return new Result(
                count(ptx.stream(), KernelFile.Outcome.MADE),
                count(ptx.stream(), KernelFile.Outcome.CACHED),
                count(ptx.stream(), KernelFile.Outcome.UP_TO_DATE),
                count(ptx.stream(), KernelFile.Outcome.MISSING),
                removed,
                new Cubins(
                        count(cubins.stream(), KernelFile.Outcome.MADE),
                        count(cubins.stream(), KernelFile.Outcome.CACHED),
                        count(cubins.stream(), KernelFile.Outcome.UP_TO_DATE)),
                warnings);
    }

    private static int count(Stream<KernelFile.Outcome> outcomes, KernelFile.Outcome outcome) {
        return (int) outcomes.filter(o -> o == outcome).count();
    }

    private static List<KernelFile> kernels(Path classes) throws IOException {
        List<KernelFile> kernels = new ArrayList<>();
        for (Path folder : list(classes.resolve(ResourcePaths.KERNELS))) {
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

    private static int remove(Path classes, Leftovers leftovers) throws IOException {
        int removed = 0;
        for (Path folder : list(classes.resolve(ResourcePaths.KERNELS))) {
            for (Path file : list(folder)) {
                if (leftovers.contain(file)) {
                    Files.deleteIfExists(file);
                    removed++;
                }
            }
        }
        return removed;
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
