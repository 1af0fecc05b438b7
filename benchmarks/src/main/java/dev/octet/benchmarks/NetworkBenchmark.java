package dev.octet.benchmarks;

import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.plan.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Compiles a network for every batch in both precisions, and times it on a GPU. */
final class NetworkBenchmark {
    /** Every plan is compiled for exactly its batch. */
    static final List<Integer> BATCHES = List.of(1, 8, 32, 128);

    private final Gpu gpu;
    private final DeviceSpeed speed;
    private final Consumer<Row> rows;

    NetworkBenchmark(Gpu gpu, DeviceSpeed speed, Consumer<Row> rows) {
        this.gpu = gpu;
        this.speed = speed;
        this.rows = rows;
    }

    /** Times a network, between two controls of the clock. */
    void run(BenchmarkNetwork network) throws IOException {
        Map<Precision, List<CompiledNetwork>> compiled = new EnumMap<>(Precision.class);
        for (Precision precision : Precision.values()) {
            compiled.put(
                    precision,
                    BATCHES.parallelStream()
                            .map(batch -> compile(network, precision, batch))
                            .toList());
        }
        BuiltKernels kernels = build(network.text(), compiled.values().stream().flatMap(List::stream));
        rows.accept(new Row.Control("before " + network.text(), speed.control()));
        for (Precision precision : Precision.values()) {
            time(network, precision, compiled.get(precision), kernels);
        }
        rows.accept(new Row.Control("after " + network.text(), speed.control()));
    }

    private CompiledNetwork compile(BenchmarkNetwork network, Precision precision, int batch) {
        Shape image = Shape.of(3, BenchmarkNetwork.SIZE, BenchmarkNetwork.SIZE);
        return CompiledNetwork.of(
                network.definition(),
                "bench." + network.text(),
                image,
                BenchmarkNetwork.CLASSES,
                precision,
                gpu.target(),
                batch);
    }

    private BuiltKernels build(String name, Stream<CompiledNetwork> networks) throws IOException {
        long start = System.nanoTime();
        List<KernelSource> sources = networks.flatMap(network -> network.compilation().kernels().stream())
                .distinct()
                .toList();
        Path folder = Files.createTempDirectory("octet-bench-");
        try {
            BuiltKernels kernels = BuiltKernels.of(sources, gpu.gpu().capability(), folder);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d kernels for %s in %.1f s%n",
                    name,
                    sources.size(),
                    gpu.target().text(),
                    (System.nanoTime() - start) * 1e-9);
            return kernels;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(files::add);
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    /** Only the kernels of bytes are timed one by one: those of floats are no goal. */
    private void time(
            BenchmarkNetwork network, Precision precision, List<CompiledNetwork> compiled, BuiltKernels kernels) {
        RandomWeights weights = RandomWeights.of(compiled.get(0).plan());
        for (CompiledNetwork plan : compiled) {
            try (NetworkTimes times = NetworkTimes.open(
                    gpu.device(), network.text(), precision, plan, weights.image(plan.plan(), kernels), rows)) {
                times.timeRuns();
                times.timeReplays();
                if (precision == Precision.INT8) {
                    times.timeSteps();
                }
            }
        }
    }
}
