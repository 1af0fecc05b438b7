package dev.octet.plan.correct;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.weights.FoldedLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cross-layer equalisation after Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction"
 * (ICCV 2019): a channel is multiplied where it is made and divided where it is read, so that the channels of a tensor, which
 * share one scale, use it alike. There the ranges of both layers' weights are made equal. Here weights have a scale per output
 * channel, so that the factors cost the maker nothing; what is weighed against each other are the errors of rounding the
 * activations and the weights that read them, see {@link Balance}. Factors are powers of two, see {@link ChannelFactors}.
 *
 * <p>A ReLU6 does not commute with a factor where it limits. Behind one, channels only grow, and at most so far that what
 * was measured stays within 6: then the network computes the same on everything that was measured, and larger values end
 * at the largest, as they do in any tensor that has been calibrated.
 */
public final class Equalization {
    private static final double RELU6 = 6;

    private final Graph fp32;
    private final Map<String, ChannelStatistics> statistics;
    private final Map<String, ElementType> types = new HashMap<>();
    private SortedMap<String, FoldedLayer> layers;

    private Equalization(Plan plan, SortedMap<String, FoldedLayer> layers, Map<String, ChannelStatistics> statistics) {
        this.fp32 = plan.fp32();
        this.layers = layers;
        this.statistics = statistics;
        for (Node node : plan.int8().nodes()) {
            types.put(node.name(), node.type().element());
        }
    }

    /**
     * Finds factors.
     *
     * @param plan the network
     * @param layers its layers by name
     * @param statistics of each value of the float graph, by name
     * @return exponents of two per output channel, by name of the layer; layers without a change are left out
     */
    public static SortedMap<String, int[]> find(
            Plan plan, SortedMap<String, FoldedLayer> layers, Map<String, ChannelStatistics> statistics) {
        Equalization equalization = new Equalization(plan, layers, statistics);
        SortedMap<String, int[]> exponents = new TreeMap<>();
        for (Node node : plan.fp32().nodes()) {
            node.layer()
                    .ifPresent(layer -> equalization.find(node, layer).ifPresent(found -> exponents.put(layer, found)));
        }
        return exponents;
    }

    private Optional<int[]> find(Node node, String layer) {
        Optional<Readers.Ways> ways = Readers.of(fp32, node);
        // A value that is not in the quantised graph is a part of another operator.
        if (ways.isEmpty() || !types.containsKey(ways.get().result().name())) {
            return Optional.empty();
        }
        int[] found = find(ways.get());
        if (Arrays.stream(found).allMatch(exponent -> exponent == 0)) {
            return Optional.empty();
        }
        layers = ChannelFactors.apply(fp32, layers, new TreeMap<>(Map.of(layer, found)));
        return Optional.of(found);
    }

    private int[] find(Readers.Ways ways) {
        ChannelStatistics own = statistics.get(ways.result().name());
        double range = own.range();
        for (Node joined : ways.joined()) {
            range = Math.max(range, statistics.get(joined.name()).range());
        }
        boolean mayShrink = !ways.limited() && ways.joined().isEmpty();
        ElementType type = types.get(ways.result().name());
        int steps = type.isInteger() ? type.max() : ElementType.S8.max();
        return new Balance(own, rows(ways, own), steps)
                .exponents(range, mayShrink, ways.limited() ? RELU6 : Double.POSITIVE_INFINITY);
    }

    private List<Row> rows(Readers.Ways ways, ChannelStatistics own) {
        List<Row> rows = new ArrayList<>();
        for (Readers.Reader reader : ways.readers()) {
            FoldedLayer layer = reader.layer(layers);
            for (int row = 0; row < layer.out(); row++) {
                int firstInput = row / (layer.out() / reader.groups()) * layer.in();
                row(layer, row, firstInput - reader.first(), own).ifPresent(rows::add);
            }
        }
        return rows;
    }

    /** A row; {@code first} is the number, where it is made, of the channel that its first weights read. */
    private static Optional<Row> row(FoldedLayer layer, int row, int first, ChannelStatistics own) {
        int made = own.largest().length;
        int from = Math.max(0, first);
        int to = Math.min(made, first + layer.in());
        if (from >= to) {
            return Optional.empty();
        }
        int[] channels = new int[to - from];
        double[] largest = new double[channels.length];
        double[] squares = new double[channels.length];
        double others = 0;
        double power = 0;
        for (int in = 0; in < layer.in(); in++) {
            int c = first + in;
            for (int tap = 0; tap < layer.taps(); tap++) {
                double weight = Math.abs(layer.weights()[(row * layer.taps() + tap) * layer.in() + in]);
                if (c < 0 || c >= made) {
                    others = Math.max(others, weight);
                } else {
                    largest[c - from] = Math.max(largest[c - from], weight);
                    squares[c - from] += weight * weight;
                }
            }
        }
        for (int i = 0; i < channels.length; i++) {
            channels[i] = from + i;
            power += squares[i] * own.power()[from + i];
        }
        return power > 0
                ? Optional.of(new Row(channels, largest, squares, others, layer.taps(), power))
                : Optional.empty();
    }
}
