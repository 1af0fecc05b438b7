package dev.octet.simulator;

import dev.octet.codegen.cuda.Commands;
import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.codegen.cuda.ModuleCompiler;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Target;
import dev.octet.simulator.conformance.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Kernels compiled by nvcc with the flags of the build, many in one module so that its start counts less. */
public final class CompiledKernels {
    private static final int KERNELS_PER_MODULE = 40;

    private final Path directory;
    private final SortedMap<String, SimulatedModule> modules = new TreeMap<>();
    private final SortedSet<String> mnemonics = new ConcurrentSkipListSet<>();

    private CompiledKernels(Path directory) {
        this.directory = directory;
    }

    /** Whether nvcc can be started. */
    public static boolean canBuild() {
        return Commands.isFound("nvcc");
    }

    /** Compiles kernels, without duplicates. */
    static CompiledKernels build(Path directory, List<ScheduledKernel> kernels) throws Exception {
        CompiledKernels compiled = new CompiledKernels(directory);
        SortedMap<Target, List<ScheduledKernel>> byTarget = new TreeMap<>();
        kernels.forEach(kernel -> byTarget.computeIfAbsent(kernel.target(), target -> new ArrayList<>())
                .add(kernel));
        List<Callable<Map<String, SimulatedModule>>> jobs = new ArrayList<>();
        byTarget.forEach((target, all) -> {
            for (int from = 0; from < all.size(); from += KERNELS_PER_MODULE) {
                List<ScheduledKernel> some = all.subList(from, Math.min(all.size(), from + KERNELS_PER_MODULE));
                String name = target.text() + "_" + from;
                jobs.add(() -> compiled.module(name, target, some));
            }
        });
        compiled.run(jobs);
        return compiled;
    }

    private void run(List<Callable<Map<String, SimulatedModule>>> jobs) throws InterruptedException {
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            for (Future<Map<String, SimulatedModule>> future : executor.invokeAll(jobs)) {
                modules.putAll(future.get());
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            executor.shutdown();
        }
    }

    /** The PTX of one kernel. */
    static String ptx(Path directory, ScheduledKernel kernel) throws IOException {
        return ModuleCompiler.compile(directory, "one", kernel).ptx();
    }

    /** The PTX of some kernels of one target, in one module. */
    public static String ptx(Path directory, String name, Target target, List<ScheduledKernel> kernels)
            throws IOException {
        return ModuleCompiler.compile(directory, name, target, kernels).ptx();
    }

    private Map<String, SimulatedModule> module(String name, Target target, List<ScheduledKernel> kernels)
            throws IOException {
        String ptx = ptx(directory, name, target, kernels);
        mnemonics.addAll(Programs.mnemonics(ptx));
        SimulatedModule module = SimulatedModule.load(ptx);
        Map<String, SimulatedModule> entries = new TreeMap<>();
        kernels.forEach(kernel -> entries.put(kernel.name(), module));
        return entries;
    }

    /** The instructions that the compiler wrote, with their modifiers. */
    SortedSet<String> mnemonics() {
        return mnemonics;
    }

    SimulatedEntry entry(ScheduledKernel kernel) {
        return modules.get(kernel.name()).entry(kernel.name());
    }

    /** Source without the kernel's name, in which the target stands; that of one target only if the target matters to it. */
    public static String nameless(ScheduledKernel kernel) {
        String source = new CudaWriter().source(kernel);
        boolean differs = source.contains("OCTET_SM") || source.contains("__CUDA_ARCH__");
        return source.replace(kernel.name(), "") + (differs ? kernel.target() : "");
    }
}
