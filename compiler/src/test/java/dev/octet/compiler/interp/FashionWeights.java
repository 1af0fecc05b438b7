package dev.octet.compiler.interp;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Weights of a file for the interpreter: as they are, for a traced graph, or folded, for the others. */
final class FashionWeights implements FloatLayers {
    private final Safetensors file;

    FashionWeights(Safetensors file) {
        this.file = file;
    }

    /** Folded weights, rounded to float. */
    static FloatLayers folded(Graph fp32, Safetensors file) {
        SortedMap<String, Layer> layers = new TreeMap<>();
        for (FoldedLayer layer : WeightFolder.fold(fp32, file).values()) {
            layers.put(
                    layer.layer(),
                    new Layer(layer.out(), layer.taps(), layer.in(), floats(layer.weights()), floats(layer.bias())));
        }
        return layers::get;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** A layer by its own tensors, [out, in, rows, columns] or [out, in], brought to [out, tap, in]. */
    @Override
    public Layer layer(String name) {
        List<Integer> shape = file.tensors().get(name + ".weight").shape();
        int out = shape.get(0);
        int in = shape.get(1);
        int taps = shape.size() == 4 ? shape.get(2) * shape.get(3) : 1;
        float[] oihw = file.read(name + ".weight");
        float[] ohwi = new float[oihw.length];
        for (int i = 0; i < oihw.length; i++) {
            int row = i / taps;
            ohwi[(row / in * taps + i % taps) * in + row % in] = oihw[i];
        }
        boolean hasBias = file.tensors().containsKey(name + ".bias");
        return new Layer(out, taps, in, ohwi, hasBias ? file.read(name + ".bias") : new float[out]);
    }

    @Override
    public Norm norm(String name) {
        return new Norm(
                file.read(name + ".weight"),
                file.read(name + ".bias"),
                file.read(name + ".running_mean"),
                file.read(name + ".running_var"));
    }
}
