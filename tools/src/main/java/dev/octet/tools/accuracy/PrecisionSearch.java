package dev.octet.tools.accuracy;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.table.PrecisionTable;
import dev.octet.plan.text.GraphText;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.tools.Images;
import dev.octet.tools.ToolsCode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds few layers that have to stay in FP32 for a network to keep within a bound: ranks the layers by {@link Sensitivity}, finds
 * by bisection how many of the worst are needed, and then leaves out those that turn out not to be. The number of evaluations is
 * bounded; each runs the compiler in this process and the network on all images.
 *
 * @param definition the network, with the layers that its plan has in FP32 already
 * @param parts weights, corrections and table
 * @param bound what INT8 may cost
 * @param evaluations most evaluations, those of the ranking included
 * @param rankingImages images that each layer's ranking takes, from the start
 * @param threads threads of the CPU that may work; any number gives the same result
 */
public record PrecisionSearch(
        Definition definition, BuiltParts parts, Bound bound, int evaluations, int rankingImages, int threads) {
    public PrecisionSearch {
        if (evaluations < 1 || rankingImages < 1 || threads < 1) {
            throw new OctetException(
                    ToolsCode.COUNT,
                    "evaluations, ranking images and threads",
                    Math.min(evaluations, Math.min(rankingImages, threads)));
        }
    }

    /**
     * What was found.
     *
     * @param ranking all layers in INT8, worst first; empty if the network was within the bound at once
     * @param fp32 values of the layers that have to stay in FP32, and of operators between them, beside those of before
     * @param layers names of these layers
     * @param before what the bound is about, of the network as it was
     * @param after of the network with the layers in FP32
     * @param evaluations evaluations that were used
     */
    public record Result(
            Optional<Sensitivity> ranking,
            Set<String> fp32,
            List<String> layers,
            double before,
            double after,
            int evaluations) {}

    /**
     * Searches.
     *
     * @param images what the network is evaluated on
     * @param labels right classes; empty if the bound needs none
     * @param progress told what is done, a line at a time
     * @throws OctetException {@link ToolsCode#BOUND} if too few evaluations are allowed to rank all layers, or labels are
     *     missing, {@link ToolsCode#NOT_FOUND} if nothing short of the float network is found
     */
    public Result run(Images images, Optional<int[]> labels, Consumer<String> progress) {
        if (bound.kind() == Bound.Kind.POINTS && labels.isEmpty()) {
            throw refused("it needs labels", "Give labels, or a bound in dB.");
        }
        try (CpuDevice device = new CpuDevice(threads)) {
            return new Run(new Mixed(definition, parts, device), images, labels.orElse(new int[0]), progress).search();
        }
    }

    private OctetException refused(String problem, String remedy) {
        return new OctetException(ToolsCode.BOUND, bound.value(), bound.kind(), problem, remedy);
    }

    /** The precision file of a result: the names that were in it and those that were found. */
    public PrecisionTable table(Result result, Set<String> before) {
        Set<String> names = new TreeSet<>(before);
        names.addAll(result.fp32);
        String graph = GraphText.topologyHash(definition.plan().fp32());
        return new PrecisionTable(definition.plan().network(), Optional.of(graph), new TreeSet<>(names));
    }

    /** One search. */
    private final class Run {
        private final Mixed mixed;
        private final Images images;
        private final int[] labels;
        private final Consumer<String> progress;
        private final Scores exact;
        private int used;
        private double last;

        Run(Mixed mixed, Images images, int[] labels, Consumer<String> progress) {
            this.mixed = mixed;
            this.images = images;
            this.labels = labels;
            this.progress = progress;
            this.exact = mixed.floats(images);
        }

        Result search() {
            double before = evaluate(Set.of());
            if (bound.holds(before)) {
                return new Result(Optional.empty(), Set.of(), List.of(), before, before, used);
            }
            List<Sensitivity.Layer> ranked = rank();
            Sensitivity ranking = new Sensitivity(ranked);
            List<Sensitivity.Layer> needed = prune(ranked.subList(0, needed(ranked, before)));
            Set<String> values = values(needed);
            return new Result(
                    Optional.of(ranking),
                    values,
                    needed.stream().map(Sensitivity.Layer::layer).toList(),
                    before,
                    last,
                    used);
        }

        private double evaluate(Set<String> fp32) {
            used++;
            Scores found = mixed.with(fp32, images, done -> {});
            return bound.measure(found, exact, labels);
        }

        private List<Sensitivity.Layer> rank() {
            int layers = mixed.layers().size();
            if (used + layers >= evaluations) {
                throw refused(
                        "ranking " + layers + " layers takes as many evaluations, and " + evaluations + " are allowed",
                        "Allow more evaluations.");
            }
            Images few = images.part(0, Math.min(rankingImages, images.size()));
            Scores fewExact = few.size() == images.size() ? exact : mixed.floats(few);
            return Sensitivity.of(mixed, few, fewExact, done -> {
                        used++;
                        progress.accept("ranked " + done + " of " + layers + " layers");
                    })
                    .layers();
        }

        /** Length of the shortest beginning of the ranking that is enough, as far as longer ones are no worse. */
        private int needed(List<Sensitivity.Layer> ranked, double before) {
            int tooFew = 0;
            int enough = ranked.size();
            double closest = before;
            // Short beginnings are likely: double the number before halving the interval.
            int next = 1;
            while (enough - tooFew > 1 && used < evaluations) {
                double measured = tried(ranked.subList(0, next));
                if (bound.holds(measured)) {
                    enough = next;
                    last = measured;
                } else {
                    tooFew = next;
                    closest = measured;
                }
                next = enough == ranked.size() ? Math.min(2 * next, (tooFew + enough + 1) / 2) : (tooFew + enough) / 2;
                next = Math.max(tooFew + 1, Math.min(next, enough - 1));
            }
            if (enough == ranked.size()) {
                throw new OctetException(
                        ToolsCode.NOT_FOUND,
                        tooFew,
                        ranked.size(),
                        definition.plan().network(),
                        bound.text(closest),
                        bound,
                        used);
            }
            return enough;
        }

        private double tried(List<Sensitivity.Layer> layers) {
            double measured = evaluate(values(layers));
            progress.accept(layers.size() + " layers in FP32: " + bound.text(measured));
            return measured;
        }

        /** Leaves out, least sensitive first, what the bound holds without. */
        private List<Sensitivity.Layer> prune(List<Sensitivity.Layer> enough) {
            List<Sensitivity.Layer> kept = List.copyOf(enough);
            for (int i = enough.size() - 1; i >= 0 && kept.size() > 1 && used < evaluations; i--) {
                Sensitivity.Layer candidate = enough.get(i);
                List<Sensitivity.Layer> fewer =
                        kept.stream().filter(layer -> layer != candidate).toList();
                double measured = tried(fewer);
                if (bound.holds(measured)) {
                    kept = fewer;
                    last = measured;
                }
            }
            return kept;
        }

        private Set<String> values(List<Sensitivity.Layer> layers) {
            Set<String> values = new HashSet<>();
            layers.forEach(layer -> values.add(layer.value()));
            return new TreeSet<>(mixed.closed(values));
        }
    }
}
