package dev.octet.plan.correct;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Constant;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.weights.Safetensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Means of what layers read, without an image: a channel that a batch normalisation makes is taken for normally distributed
 * with mean beta and deviation gamma, and ReLU or ReLU6 clip that (Nagel et al. 2019, section 4.2.1). Sums add means and
 * variances, as if operands were independent; means over pixels and moves of channels keep them. Where anything else is on the
 * way nothing is known, and the layer behind it is left out. Padding is not looked at.
 */
public final class NormMeans {
    private final Graph graph;
    private final Safetensors tensors;
    private final SortedMap<String, int[]> exponents;
    private final Map<Integer, Normal[]> values = new HashMap<>();

    private NormMeans(Graph graph, Safetensors tensors, SortedMap<String, int[]> exponents) {
        this.graph = graph;
        this.tensors = tensors;
        this.exponents = exponents;
    }

    /**
     * The means that are known.
     *
     * @param fp32 the float graph
     * @param tensors its weights
     * @param exponents factors of channels, as in {@link ChannelFactors}
     * @return per input channel and tap, by name of the layer
     */
    public static SortedMap<String, double[][]> of(
            Graph fp32, Safetensors tensors, SortedMap<String, int[]> exponents) {
        NormMeans means = new NormMeans(fp32, tensors, exponents);
        SortedMap<String, double[][]> layers = new TreeMap<>();
        for (Node node : fp32.nodes()) {
            Optional.ofNullable(means.value(node)).ifPresent(value -> means.values.put(node.id(), value));
            node.layer()
                    .filter(layer -> means.values.containsKey(node.input()))
                    .ifPresent(layer -> layers.put(layer, means.taps(node)));
        }
        return layers;
    }

    private double[][] taps(Node layer) {
        int taps = layer.op() instanceof Op.Conv2d conv
                ? conv.window().taps()
                : graph.node(layer.input()).type().shape().pixels();
        Normal[] operand = values.get(layer.input());
        double[][] means = new double[operand.length][taps];
        for (int c = 0; c < operand.length; c++) {
            Arrays.fill(means[c], operand[c].mean);
        }
        return means;
    }

    /** Distribution of each channel; null if unknown. */
    private Normal[] value(Node node) {
        Op op = node.op();
        if (op instanceof Op.Conv2d conv) {
            return normalised(conv.layer(), conv.weight());
        }
        if (op instanceof Op.Dense dense) {
            return normalised(dense.layer(), dense.weight());
        }
        if (!node.inputs().stream().allMatch(values::containsKey)
                || node.inputs().isEmpty()) {
            return null;
        }
        Normal[] operand = values.get(node.input());
        if (op instanceof Op.Activate activate) {
            return activate.activation().isLimit() ? clipped(operand, activate.activation()) : null;
        }
        if (op instanceof Op.Add add) {
            return clipped(sum(operand, values.get(node.inputs().get(1))), add.activation());
        }
        boolean keepsMeans = op instanceof Op.AvgPool || op instanceof Op.GlobalAvgPool || op instanceof Op.Upsample;
        return keepsMeans ? operand : moved(node);
    }

    private Normal[] moved(Node node) {
        Normal[] operand = values.get(node.input());
        if (node.op() instanceof Op.SliceChannels slice) {
            return Arrays.copyOfRange(operand, slice.first(), slice.first() + slice.count());
        }
        if (node.op() instanceof Op.PadChannels pad) {
            Normal[] padded = new Normal[pad.before() + operand.length + pad.after()];
            Arrays.fill(padded, new Normal(0, 0));
            System.arraycopy(operand, 0, padded, pad.before(), operand.length);
            return padded;
        }
        if (node.op() instanceof Op.Concat) {
            return node.inputs().stream()
                    .flatMap(input -> Arrays.stream(values.get(input)))
                    .toArray(Normal[]::new);
        }
        return null;
    }

    private Normal[] normalised(String layer, Constant weight) {
        if (!(weight instanceof Constant.ScaledRows scaled)) {
            return null;
        }
        float[] gamma = tensors.read(scaled.norm().tensors().get(0).key());
        float[] beta = tensors.read(scaled.norm().tensors().get(1).key());
        int[] factors = exponents.getOrDefault(layer, new int[gamma.length]);
        Normal[] channels = new Normal[gamma.length];
        for (int c = 0; c < channels.length; c++) {
            double deviation = Math.scalb((double) gamma[c], factors[c]);
            channels[c] = new Normal(Math.scalb((double) beta[c], factors[c]), deviation * deviation);
        }
        return channels;
    }

    private static Normal[] sum(Normal[] a, Normal[] b) {
        Normal[] sum = new Normal[a.length];
        for (int c = 0; c < sum.length; c++) {
            sum[c] = new Normal(a[c].mean + b[c].mean, a[c].variance + b[c].variance);
        }
        return sum;
    }

    private static Normal[] clipped(Normal[] channels, Activation activation) {
        return activation.equals(Activation.NONE)
                ? channels
                : Arrays.stream(channels)
                        .map(channel -> channel.clipped(activation.upper()))
                        .toArray(Normal[]::new);
    }

    /** A distribution's first moments. */
    record Normal(double mean, double variance) {
        private static final Activation GELU = new Activation(Activation.Kind.GELU, 0);

        /** Moments of the normal distribution with these moments, where everything outside of 0 to {@code upper} is moved there. */
        Normal clipped(double upper) {
            double deviation = Math.sqrt(variance);
            if (deviation == 0) {
                return new Normal(Math.min(Math.max(mean, 0), upper), 0);
            }
            double low = -mean / deviation;
            double high = (upper - mean) / deviation;
            boolean open = Double.isInfinite(upper);
            double above = open ? 0 : 1 - distribution(high);
            double within = 1 - above - distribution(low);
            double densityHigh = open ? 0 : density(high);
            double first = mean * within + deviation * (density(low) - densityHigh);
            double second = (mean * mean + variance) * within
                    + 2 * mean * deviation * (density(low) - densityHigh)
                    + variance * (low * density(low) - (open ? 0 : high * densityHigh));
            double clippedMean = first + (open ? 0 : upper * above);
            double clippedSquare = second + (open ? 0 : upper * upper * above);
            return new Normal(clippedMean, Math.max(0, clippedSquare - clippedMean * clippedMean));
        }

        private static double density(double x) {
            return StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        }

        /** The standard normal distribution: gelu(x) is x times it. */
        private static double distribution(double x) {
            return x == 0 ? 0.5 : GELU.of(x) / x;
        }
    }
}
