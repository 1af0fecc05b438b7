package dev.octet.processor;

import dev.octet.compiler.Compilation;
import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.plan.graph.Op;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The line that a build prints for each network. */
final class Summary {
    private Summary() {}

    static String of(PendingNetwork network, Compilation compilation, long nanos) {
        long layers = compilation.plan().fp32().nodes().stream()
                .filter(node -> node.op() instanceof Op.Conv2d || node.op() instanceof Op.Dense)
                .count();
        String kernels = compilation.kernels().stream()
                .collect(Collectors.groupingBy(KernelSource::target, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry ->
                        entry.getValue() + " kernels for " + entry.getKey().text())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s: %d layers, %s, traced and compiled in %d ms",
                network.definition().getSimpleName(),
                layers,
                kernels,
                nanos / 1_000_000);
    }
}
