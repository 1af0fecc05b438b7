package dev.octet.compiler.interp;

import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.quant.Ranges;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Seeded weights for the layers of a graph, the same weights quantised, and images. */
public final class RandomValues implements FloatLayers {
    private final Random random;
    private final Map<String, Layer> layers = new TreeMap<>();

    /** Weights for a graph without batch normalisations, scaled so that values keep their size from layer to layer. */
    public RandomValues(Graph graph, long seed) {
        random = new Random(seed);
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Conv2d conv) {
                Shape in = graph.node(node.input()).type().shape();
                add(conv.layer(), node.type().shape().channels(), conv.window().taps(), in.channels());
            } else if (node.op() instanceof Op.Dense dense) {
                Shape in = graph.node(node.input()).type().shape();
                add(dense.layer(), node.type().shape().channels(), in.pixels(), in.channels());
            }
        }
    }

    private void add(String name, int out, int taps, int in) {
        double size = Math.sqrt(2.0 / (taps * in));
        float[] weights = new float[out * taps * in];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * size);
        }
        float[] bias = new float[out];
        for (int i = 0; i < out; i++) {
            bias[i] = (float) (random.nextGaussian() * 0.1);
        }
        layers.put(name, new Layer(out, taps, in, weights, bias));
    }

    @Override
    public Layer layer(String name) {
        return layers.get(name);
    }

    /** A layer with weights in steps of {@code max|w| / 127} per output channel. */
    public QuantizedLayer quantized(String name) {
        Layer layer = layers.get(name);
        int row = layer.taps() * layer.in();
        byte[] weights = new byte[layer.weights().length];
        float[] scale = new float[layer.out()];
        for (int c = 0; c < layer.out(); c++) {
            float max = 0;
            for (int i = c * row; i < (c + 1) * row; i++) {
                max = Math.max(max, Math.abs(layer.weights()[i]));
            }
            scale[c] = max == 0 ? 1 : max / 127;
            for (int i = c * row; i < (c + 1) * row; i++) {
                weights[i] = (byte) Math.rint(layer.weights()[i] / scale[c]);
            }
        }
        return new QuantizedLayer(name, layer.out(), layer.taps(), layer.in(), weights, scale, layer.bias());
    }

    /** An image of unsigned bytes in (row, column, channel) order. */
    public byte[] image(Shape shape) {
        byte[] pixels = new byte[shape.elements()];
        random.nextBytes(pixels);
        return pixels;
    }

    /** Any values of an integer type. */
    public ByteTensor bytes(ElementType element, Shape shape) {
        int[] values =
                random.ints(shape.elements(), element.min(), element.max() + 1).toArray();
        return new ByteTensor(shape, values);
    }

    /** The largest absolute values that a float run made. */
    public static Ranges ranges(Map<String, Tensor> values) {
        return name -> {
            float amax = 0;
            for (float value : ((FloatTensor) values.get(name)).values()) {
                amax = Math.max(amax, Math.abs(value));
            }
            return Math.max(amax, 1e-6f);
        };
    }
}
