package dev.octet.benchmarks;

import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.toolchain.ToolchainOptions;
import dev.octet.tools.tune.BuiltKernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Compiles what is measured for each of its batches in both precisions, and times it on a GPU. */
final class Measurement {
    private final Gpu gpu;
    private final DeviceSpeed speed;
    private final Consumer<Row> rows;

    Measurement(Gpu gpu, DeviceSpeed speed, Consumer<Row> rows) {
        this.gpu = gpu;
        this.speed = speed;
        this.rows = rows;
    }

    /**
     * Times subjects whose kernels are compiled together, between two controls of the clock.
     *
     * @param group their name
     */
    void run(String group, List<Subject> subjects) {
        List<Case> cases = subjects.stream()
                .flatMap(subject -> Stream.of(Precision.values()).map(precision -> new Case(subject, precision)))
                .toList();
        Map<Case, List<CompiledNetwork>> compiled = new LinkedHashMap<>();
        cases.forEach(one -> compiled.put(one, compile(one)));
        BuiltKernels kernels = build(group, compiled.values().stream().flatMap(List::stream));
        rows.accept(new Row.Control("before " + group, speed.control()));
        compiled.forEach((one, plans) -> time(one, plans, kernels));
        rows.accept(new Row.Control("after " + group, speed.control()));
    }

    private record Case(Subject subject, Precision precision) {}

    private List<CompiledNetwork> compile(Case one) {
        return one.subject().batches().parallelStream()
                .map(batch -> CompiledNetwork.of(one.subject(), one.precision(), gpu.target(), batch))
                .toList();
    }

    private BuiltKernels build(String name, Stream<CompiledNetwork> networks) {
        long start = System.nanoTime();
        List<KernelSource> sources = networks.flatMap(network -> network.compilation().kernels().stream())
                .distinct()
                .toList();
        BuiltKernels kernels = BuiltKernels.of(sources, gpu.gpu().capability(), ToolchainOptions.fromSystem());
        System.out.printf(
                Locale.ROOT,
                "%s: %d kernels for %s in %.1f s%n",
                name,
                sources.size(),
                gpu.target().text(),
                (System.nanoTime() - start) * 1e-9);
        return kernels;
    }

    private void time(Case one, List<CompiledNetwork> plans, BuiltKernels kernels) {
        RandomWeights weights = RandomWeights.of(plans.get(0).plan());
        for (CompiledNetwork plan : plans) {
            try (NetworkTimes times = NetworkTimes.open(
                    gpu.device(),
                    one.subject().name(),
                    one.precision(),
                    plan,
                    weights.image(plan.plan(), kernels),
                    rows)) {
                time(one, times);
            }
        }
    }

    /** Of networks in floats, only what is compared: what they take otherwise is no goal. */
    private static void time(Case one, NetworkTimes times) {
        if (one.subject().oneLayer()) {
            times.timeLayer();
            return;
        }
        times.timeFromOperands();
        if (one.precision() == Precision.INT8) {
            times.timeFromImages();
            times.timeRuns();
            times.timeSteps();
        }
    }
}
