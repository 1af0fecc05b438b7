package dev.octet.tools.accuracy;

import dev.octet.plan.Plan;
import dev.octet.plan.correct.BiasCorrection;
import dev.octet.plan.correct.ChannelFactors;
import dev.octet.plan.correct.ChannelStatistics;
import dev.octet.plan.correct.Corrections;
import dev.octet.plan.correct.Equalization;
import dev.octet.plan.correct.NormMeans;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Window;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.runtime.calibrate.RangeCollector;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.tools.Images;
import dev.octet.tools.ToolsCode;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Makes corrections of a network's weights: equalises channels, which needs a new calibration table, and corrects biases. Uses
 * images such as the network will see, none of those that it is evaluated on, like a calibration. Deterministic for any number
 * of threads.
 *
 * @param equalize whether channels get factors
 * @param bias how biases are corrected
 * @param threads threads of the CPU that may work
 */
public record WeightCorrection(boolean equalize, BiasMeans bias, int threads) {
    /** Biases corrected by the means of images, channels as they are. */
    public static WeightCorrection usual() {
        return new WeightCorrection(
                false, BiasMeans.EMPIRICAL, Runtime.getRuntime().availableProcessors());
    }

    /**
     * What was made.
     *
     * @param table the table that the corrections belong to: the one that there was, or that of the equalised network
     * @param corrections corrections of the weights
     */
    public record Result(CalibrationTable table, Corrections corrections) {}

    /**
     * Makes corrections.
     *
     * @param plan the network, with one input, an image
     * @param tensors its weights
     * @param table its table; if channels are equalised another one is made by the same algorithm
     * @param images what is measured
     * @param progress told the number of images that were run
     * @throws OctetException {@link ToolsCode#ALGORITHM} if channels are to be equalised and no rule has the name of the table's
     *     algorithm
     */
    public Result run(Plan plan, Safetensors tensors, CalibrationTable table, Images images, IntConsumer progress) {
        SortedMap<String, FoldedLayer> folded = WeightFolder.fold(plan.fp32(), tensors);
        SortedMap<String, int[]> exponents = Collections.emptySortedMap();
        try (CpuDevice device = new CpuDevice(threads)) {
            if (equalize) {
                Pass pass = new Pass(plan, images, progress);
                exponents = Equalization.find(plan, folded, pass.statistics(device, folded));
            }
            SortedMap<String, FoldedLayer> layers = ChannelFactors.apply(plan.fp32(), folded, exponents);
            String hash = Corrections.weightsHash(tensors.sha256(), exponents);
            Pass pass = new Pass(plan, images, progress);
            CalibrationTable used = equalize ? pass.calibrate(device, layers, rule(table), hash) : table;
            Map<String, double[][]> means = switch (bias) {
                case NONE -> Map.of();
                case ANALYTIC -> NormMeans.of(plan.fp32(), tensors, exponents);
                case EMPIRICAL -> pass.means(device, layers);
            };
            Corrections corrections = new Corrections(
                    plan.network(),
                    GraphText.topologyHash(plan.fp32()),
                    tensors.sha256(),
                    used.hash(),
                    exponents,
                    BiasCorrection.find(plan, layers, means));
            return new Result(used, corrections);
        }
    }

    private static RangeRule rule(CalibrationTable table) {
        return RangeRule.named(table.algorithm())
                .orElseThrow(() -> new OctetException(
                        ToolsCode.ALGORITHM,
                        table.algorithm(),
                        String.join(
                                ", ",
                                RangeRule.all().stream().map(RangeRule::name).toList())));
    }

    /** Passes over the images. */
    private record Pass(Plan plan, Images images, IntConsumer progress) {
        private Graph graph() {
            return plan.fp32();
        }

        /** Runs the float graph and shows every value that can be quantised. */
        private void run(CpuDevice device, SortedMap<String, FoldedLayer> layers, ValueListener listener) {
            try (CpuModel model = CpuModel.floats(device, plan, layers, true)) {
                for (int from = 0; from < images.size(); from += CpuModel.BATCH) {
                    Images part = images.part(from, Math.min(images.size(), from + CpuModel.BATCH));
                    model.run(part);
                    for (Node node : graph().nodes()) {
                        if (!node.isHosts()) {
                            listener.value(node, model.value(node, part.size()));
                        }
                    }
                    progress.accept(from + part.size());
                }
            }
        }

        Map<String, ChannelStatistics> statistics(CpuDevice device, SortedMap<String, FoldedLayer> layers) {
            Map<String, ChannelSums> sums = new HashMap<>();
            run(
                    device,
                    layers,
                    (node, value) -> sums.computeIfAbsent(node.name(), name -> new ChannelSums(value.channels()))
                            .add(value));
            Map<String, ChannelStatistics> statistics = new HashMap<>();
            sums.forEach((name, sum) -> statistics.put(name, sum.statistics()));
            return statistics;
        }

        CalibrationTable calibrate(
                CpuDevice device, SortedMap<String, FoldedLayer> layers, RangeRule rule, String weightsHash) {
            RangeCollector collector = new RangeCollector(plan);
            run(device, layers, (node, value) -> {
                if (!collector.add(node.name(), value.bytes())) {
                    throw new OctetException(ToolsCode.NOT_FINITE, node.name(), plan.network());
                }
            });
            return new CalibrationTable(
                    plan.network(),
                    GraphText.topologyHash(graph()),
                    weightsHash,
                    rule.name(),
                    images.size(),
                    collector.ranges(rule));
        }

        Map<String, double[][]> means(CpuDevice device, SortedMap<String, FoldedLayer> layers) {
            Map<Integer, PlaneSums> operands = new LinkedHashMap<>();
            Map<Integer, Node> nodes = graph().byId();
            for (Node node : graph().nodes()) {
                if (node.layer().isPresent()) {
                    operands.computeIfAbsent(
                            node.input(),
                            id -> new PlaneSums(nodes.get(id).type().shape()));
                }
            }
            run(device, layers, (node, value) -> {
                if (operands.containsKey(node.id())) {
                    operands.get(node.id()).add(value);
                }
            });
            SortedMap<String, double[][]> means = new TreeMap<>();
            for (Node node : graph().nodes()) {
                node.layer()
                        .ifPresent(layer ->
                                means.put(layer, operands.get(node.input()).patch(window(node))));
            }
            return means;
        }

        private static Optional<Window> window(Node node) {
            return node.op() instanceof Op.Conv2d conv ? Optional.of(conv.window()) : Optional.empty();
        }
    }

    /** Sees values of runs. */
    @FunctionalInterface
    private interface ValueListener {
        void value(Node node, RealValue value);
    }
}
