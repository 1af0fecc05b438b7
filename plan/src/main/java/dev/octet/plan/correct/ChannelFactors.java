package dev.octet.plan.correct;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.weights.FoldedLayer;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Powers of two by which output channels of layers are multiplied, while the layers that read them divide. As every
 * operator between them commutes with such a factor, and a power of two rounds nothing, the float graph keeps its results
 * to the bit.
 */
public final class ChannelFactors {
    /** Largest exponent either way: far from where floats overflow or lose bits, and more than quantisation can use. */
    static final int MOST = 20;

    private ChannelFactors() {}

    /**
     * The layers with their factors.
     *
     * @param fp32 the float graph
     * @param layers its layers by name
     * @param exponents of two, per output channel, by name of the layer
     * @return changed copies
     * @throws IllegalArgumentException if a layer does not exist, cannot have factors, or has another number of channels
     */
    public static SortedMap<String, FoldedLayer> apply(
            Graph fp32, SortedMap<String, FoldedLayer> layers, SortedMap<String, int[]> exponents) {
        SortedMap<String, FoldedLayer> result = new TreeMap<>();
        layers.forEach((name, layer) -> result.put(name, copy(layer)));
        for (Node node : fp32.nodes()) {
            node.layer()
                    .filter(exponents::containsKey)
                    .ifPresent(name -> apply(fp32, node, result.get(name), exponents.get(name), result));
        }
        for (String name : exponents.keySet()) {
            if (!layers.containsKey(name)) {
                throw new IllegalArgumentException("there is no layer '" + name + "'");
            }
        }
        return result;
    }

    private static void apply(
            Graph fp32, Node node, FoldedLayer maker, int[] exponents, SortedMap<String, FoldedLayer> layers) {
        Readers.Ways ways = Readers.of(fp32, node)
                .orElseThrow(() -> new IllegalArgumentException("layer '" + maker.layer() + "' can have no factors"));
        if (exponents.length != maker.out()) {
            throw new IllegalArgumentException(
                    "layer '" + maker.layer() + "' has " + maker.out() + " channels, not " + exponents.length);
        }
        int row = maker.taps() * maker.in();
        for (int c = 0; c < maker.out(); c++) {
            if (Math.abs(exponents[c]) > MOST) {
                throw new IllegalArgumentException("factor 2^" + exponents[c] + " of layer '" + maker.layer() + "'");
            }
            maker.bias()[c] = Math.scalb(maker.bias()[c], exponents[c]);
            for (int i = c * row; i < (c + 1) * row; i++) {
                maker.weights()[i] = Math.scalb(maker.weights()[i], exponents[c]);
            }
            for (Readers.Reader reader : ways.readers()) {
                InputChannel.of(reader, c, layers).ifPresent(channel -> channel.scale(-exponents[channel.made()]));
            }
        }
    }

    private static FoldedLayer copy(FoldedLayer layer) {
        return new FoldedLayer(
                layer.layer(),
                layer.out(),
                layer.taps(),
                layer.in(),
                layer.weights().clone(),
                layer.bias().clone());
    }
}
