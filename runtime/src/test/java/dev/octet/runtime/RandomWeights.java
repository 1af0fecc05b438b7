package dev.octet.runtime;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.weights.FoldedLayer;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Seeded weights for the layers of a float graph, of a size that keeps activations near one. */
public final class RandomWeights {
    private RandomWeights() {}

    /** Layers by name. */
    public static SortedMap<String, FoldedLayer> of(Graph fp32, long seed) {
        Random random = new Random(seed);
        SortedMap<String, FoldedLayer> layers = new TreeMap<>();
        for (Node node : fp32.nodes()) {
            int out = node.type().shape().channels();
            if (node.op() instanceof Op.Conv2d conv) {
                int in = fp32.node(node.input()).type().shape().channels() / conv.groups();
                layers.put(
                        conv.layer(),
                        layer(random, conv.layer(), out, conv.window().taps(), in));
            }
            if (node.op() instanceof Op.Dense dense) {
                Shape in = fp32.node(node.input()).type().shape();
                layers.put(dense.layer(), layer(random, dense.layer(), out, in.pixels(), in.channels()));
            }
        }
        return layers;
    }

    private static FoldedLayer layer(Random random, String name, int out, int taps, int in) {
        double[] weights = random.doubles((long) out * taps * in)
                .map(w -> (w - 0.5) * 3 / Math.sqrt(taps * in))
                .toArray();
        double[] bias = random.doubles(out).map(b -> b - 0.5).toArray();
        return new FoldedLayer(name, out, taps, in, weights, bias);
    }
}
