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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The build step that compiles every kernel below a folder of classes: {@code META-INF/octet/kernels/<target>/*.cu} to
 * a {@code .ptx} and, for some machines, a {@code .sm_<machine>.cubin} beside it. What is up to date is left alone
 * without starting any tool; what has no source any more, or is for a machine that is no longer asked for, is deleted. Kernels
 * for a target that the compiler is too old for are left out with a warning, as all are without a compiler.
 */
public final class PtxBuild {
    private final ToolchainOptions options;
    private final IntConsumer starting;

    /** A build of which only the result is told. */
    public PtxBuild(ToolchainOptions options) {
        this(options, count -> {});
    }

    /**
     * A build.
     *
     * @param starting told how many kernels are not up to date, if there are any, before they are compiled, which can take minutes
     */
    public PtxBuild(ToolchainOptions options, IntConsumer starting) {
        this.options = options;
        this.starting = starting;
    }

    /**
     * What a build did.
     *
     * @param compiled kernels compiled
     * @param cached kernels taken from the cache
     * @param upToDate kernels left alone
     * @param missing kernels without PTX, because there is no compiler for them
     * @param removed files deleted, of earlier builds
     * @param cubins what was done with machine code
     * @param compiler name and version of the CUDA compiler that was found, if kernels asked for one
     * @param warnings what the user should know, one complete message each
     */
    public record Result(
            int compiled,
            int cached,
            int upToDate,
            int missing,
            int removed,
            Cubins cubins,
            Optional<String> compiler,
            List<String> warnings) {
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
     * @throws OctetException with a {@link ToolchainCode} for the first kernel, by path, that does not compile; before any is
     *     compiled if the compiler is too old for all targets of a network, or for one where all are asked for
     */
    public Result run(Path classes) {
        try {
            List<KernelFile> kernels = kernels(classes);
            if (kernels.isEmpty()) {
                return result(
                        List.of(),
                        remove(classes, new Leftovers(Optional.empty(), Set.of())),
                        Optional.empty(),
                        List.of());
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
        TargetSupport support = new TargetSupport(tools.compiler(), tools.assembler());
        Map<Boolean, List<KernelFile>> parts =
                kernels.stream().collect(Collectors.partitioningBy(kernel -> support.compiles(kernel.target())));
        List<KernelFile> kept = parts.get(false);
        List<KernelFile.Update> updates = new ArrayList<>(parallel().map(kept, KernelFile::keep));
        List<String> warnings = new ArrayList<>(tools.warnings());
        warnings.addAll(uncompiled(classes, missing(kept, updates), kernels.size(), support));

        KernelCache cache = new KernelCache(options.cache());
        Optional<Machines> machines = tools.assembler().map(found -> Machines.of(options.cubins(), found));
        updates.addAll(compile(parts.get(true), tools, cache, machines.orElse(new Machines(List.of()))));
        cache.trouble().ifPresent(trouble -> warnings.add(ToolchainCode.CACHE.message(options.cache(), trouble)));

        Optional<String> name = tools.compiler().map(PtxCompiler::identity);
        return result(updates, remove(classes, leftovers(parts, machines)), name, warnings);
    }

    private Parallel parallel() {
        return new Parallel(options.parallelism());
    }

    private List<KernelFile.Update> compile(
            List<KernelFile> kernels, CudaTools tools, KernelCache cache, Machines machines) {
        if (kernels.isEmpty()) {
            return List.of();
        }
        KernelCompiler compiler = new KernelCompiler(tools.compiler().orElseThrow(), tools.assembler(), cache);
        List<Optional<KernelFile.Update>> present =
                parallel().map(kernels, kernel -> kernel.upToDate(compiler, machines));
        List<KernelFile> stale = IntStream.range(0, kernels.size())
                .filter(i -> present.get(i).isEmpty())
                .mapToObj(kernels::get)
                .toList();
        if (!stale.isEmpty()) {
            starting.accept(stale.size());
        }
        List<KernelFile.Update> updates =
                new ArrayList<>(parallel().map(stale, kernel -> kernel.update(compiler, machines)));
        present.stream().flatMap(Optional::stream).forEach(updates::add);
        return updates;
    }

    private static Leftovers leftovers(Map<Boolean, List<KernelFile>> parts, Optional<Machines> machines) {
        Set<Path> kept = parts.get(false).stream()
                .map(kernel -> kernel.source().getParent())
                .collect(Collectors.toSet());
        return new Leftovers(
                machines.map(list -> parts.get(true).stream()
                        .flatMap(kernel -> kernel.cubins(list).stream())
                        .collect(Collectors.toSet())),
                kept);
    }

    /** The hashes of the kernels of each target that have no PTX. */
    private static SortedMap<Target, Set<String>> missing(List<KernelFile> kernels, List<KernelFile.Update> updates) {
        SortedMap<Target, Set<String>> missing = new TreeMap<>();
        for (int i = 0; i < kernels.size(); i++) {
            if (updates.get(i).ptx() == KernelFile.Outcome.MISSING) {
                KernelFile kernel = kernels.get(i);
                missing.computeIfAbsent(kernel.target(), target -> new HashSet<>())
                        .add(kernel.hash());
            }
        }
        return missing;
    }

    /** What the user should know of kernels that stay uncompiled, unless that is an error. */
    private List<String> uncompiled(
            Path classes, SortedMap<Target, Set<String>> missing, int kernels, TargetSupport support)
            throws IOException {
        if (missing.isEmpty()) {
            return List.of();
        }
        if (support.compiler().isEmpty()) {
            int count = missing.values().stream().mapToInt(Set::size).sum();
            if (options.allTargets()) {
                throw new OctetException(ToolchainCode.NO_COMPILER, CudaTools.SEARCHED, count, kernels);
            }
            return List.of(ToolchainCode.NO_COMPILER.message(CudaTools.SEARCHED, count, kernels));
        }
        LeftOutTargets leftOut = new LeftOutTargets(support, missing, PlannedTargets.in(classes, missing));
        leftOut.check(options.allTargets());
        return leftOut.warnings();
    }

    private static Result result(
            List<KernelFile.Update> updates, int removed, Optional<String> compiler, List<String> warnings) {
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
                compiler,
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
