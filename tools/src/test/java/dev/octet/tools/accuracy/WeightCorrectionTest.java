package dev.octet.tools.accuracy;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.correct.BiasCorrection;
import dev.octet.plan.correct.ChannelFactors;
import dev.octet.plan.correct.ChannelStatistics;
import dev.octet.plan.correct.Equalization;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.tools.Images;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Factors of channels change no bit of the float network, wherever they are applied. */
class WeightCorrectionTest {
    private static final long SEED = 41;
    private static final int CLASSES = 3;

    private final Random random = new Random(SEED);
    private final Images images = noise();

    private Images noise() {
        byte[][] bytes = new byte[6][3 * 8 * 8];
        for (byte[] image : bytes) {
            random.nextBytes(image);
        }
        return new Images() {
            @Override
            public int size() {
                return bytes.length;
            }

            @Override
            public byte[] get(int i) {
                return bytes[i];
            }
        };
    }

    /** Everything that commutes with factors, and an addition that does not. */
    private static void define(Net net) {
        Tensor x = net.input("image").conv2d("stem", 6, kernel(3).pad(1).bias()).relu();
        Tensor left = x.conv2d("left", 4, kernel(1).bias()).leakyRelu(0.1f);
        Tensor right = x.conv2d("depthwise", 6, kernel(3).pad(1).groups(6).bias())
                .maxPool(kernel(3).stride(1).pad(1));
        Tensor joined = left.concat(right);
        Tensor y = joined.conv2d("mix", 6, kernel(3).stride(2).pad(1).bias()).relu();
        Tensor z = y.conv2d("again", 6, kernel(3).pad(1).bias()).add(y).relu();
        net.output(
                "scores",
                z.conv2d("last", 5, kernel(1).bias()).relu().globalAvgPool().dense("fc", CLASSES));
    }

    private static void limited(Net net) {
        Tensor x = net.input("image").conv2d("stem", 6, kernel(3).pad(1).bias()).relu6();
        x = x.conv2d("depthwise", 6, kernel(3).pad(1).groups(6).bias()).relu6();
        x = x.conv2d("point", 5, kernel(1).bias()).relu6();
        net.output("scores", x.globalAvgPool().dense("fc", CLASSES));
    }

    private static Plan compile(NetworkDefinition definition) {
        ImageFormat format = new ImageFormat(ChannelOrder.RGB, 1 / 255f, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        Shape shape = Shape.of(3, 8, 8);
        List<Port> inputs = List.of(new Port("image", shape, Optional.of(format)));
        List<Port> outputs = List.of(new Port("scores", Shape.of(CLASSES), Optional.empty()));
        CompileRequest request = new CompileRequest(
                "com.acme.Net",
                inputs,
                outputs,
                List.of(),
                8,
                Tracer.trace(
                        definition,
                        List.of(new PortShape("image", shape.dims())),
                        List.of(new PortShape("scores", List.of(CLASSES)))));
        return OctetCompiler.compile(request, new CudaWriter(), DumpSink.NONE).plan();
    }

    @Test
    void factorsChangeNoBitOfTheFloatNetwork() {
        Plan plan = compile(WeightCorrectionTest::define);
        SortedMap<String, FoldedLayer> layers = layers(plan);
        for (String layer : List.of("stem", "left", "depthwise", "last")) {
            int[] exponents = random.ints(layers.get(layer).out(), -8, 9).toArray();
            SortedMap<String, FoldedLayer> changed =
                    ChannelFactors.apply(plan.fp32(), layers, new TreeMap<>(Map.of(layer, exponents)));

            assertThat(changed.get(layer).weights())
                    .isNotEqualTo(layers.get(layer).weights());
            assertThat(scores(plan, changed)).as("%s, seed %d", layer, SEED).isEqualTo(scores(plan, layers));
        }
    }

    @Test
    void refusesFactorsThatAnAdditionWouldMeet() {
        Plan plan = compile(WeightCorrectionTest::define);
        for (String layer : List.of("mix", "again", "fc", "none")) {
            SortedMap<String, int[]> exponents = new TreeMap<>(Map.of(layer, new int[6]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ChannelFactors.apply(plan.fp32(), layers(plan), exponents))
                    .withMessageContaining("'" + layer + "'");
        }
    }

    @Test
    void equalisesBehindARelu6OnlyAsFarAsNothingMeasuredIsLimited() {
        Plan plan = compile(WeightCorrectionTest::limited);
        SortedMap<String, FoldedLayer> layers = layers(plan);
        // Channel 2 stays far below 6, channel 3 is limited.
        scale(layers.get("stem"), 2, -6);
        scale(layers.get("stem"), 3, 6);
        SortedMap<String, int[]> exponents = Equalization.find(plan, layers, statistics(plan, layers));

        assertThat(exponents).as("seed %d", SEED).containsKey("stem");
        assertThat(exponents.get("stem")[2]).isPositive();
        assertThat(exponents.get("stem")[3]).isZero();
        exponents.values().forEach(powers -> assertThat(Arrays.stream(powers)).allMatch(power -> power >= 0));
        SortedMap<String, FoldedLayer> changed = ChannelFactors.apply(plan.fp32(), layers, exponents);
        assertThat(scores(plan, changed)).isEqualTo(scores(plan, layers));
    }

    private static void scale(FoldedLayer layer, int channel, int exponent) {
        int row = layer.taps() * layer.in();
        layer.bias()[channel] = Math.abs(Math.scalb(layer.bias()[channel], exponent));
        for (int i = channel * row; i < (channel + 1) * row; i++) {
            layer.weights()[i] = Math.abs(Math.scalb(layer.weights()[i], exponent));
        }
    }

    private SortedMap<String, FoldedLayer> layers(Plan plan) {
        Random weights = new Random(SEED);
        SortedMap<String, FoldedLayer> layers = new TreeMap<>();
        for (Node node : plan.fp32().nodes()) {
            if (node.layer().isPresent()) {
                Shape operand = plan.fp32().node(node.input()).type().shape();
                int groups = node.op() instanceof Op.Conv2d conv ? conv.groups() : 1;
                int taps = node.op() instanceof Op.Conv2d conv ? conv.window().taps() : operand.pixels();
                int in = operand.channels() / groups;
                int out = node.type().shape().channels();
                double[] numbers = weights.doubles((long) out * taps * in, -1, 1)
                        .map(x -> (float) x)
                        .toArray();
                double[] bias = weights.doubles(out, -1, 1).map(x -> (float) x).toArray();
                layers.put(node.layer().get(), new FoldedLayer(node.layer().get(), out, taps, in, numbers, bias));
            }
        }
        return layers;
    }

    private float[] scores(Plan plan, SortedMap<String, FoldedLayer> layers) {
        try (CpuDevice device = new CpuDevice(1);
                CpuModel model = CpuModel.floats(device, plan, layers, false)) {
            FloatBuffer scores = model.run(images);
            return scores.array();
        }
    }

    private Map<String, ChannelStatistics> statistics(Plan plan, SortedMap<String, FoldedLayer> layers) {
        Map<String, ChannelStatistics> statistics = new HashMap<>();
        try (CpuDevice device = new CpuDevice(1);
                CpuModel model = CpuModel.floats(device, plan, layers, true)) {
            model.run(images);
            for (Node node : plan.fp32().nodes()) {
                if (!(node.op() instanceof Op.Output)) {
                    RealValue value = model.value(node, images.size());
                    ChannelSums sums = new ChannelSums(value.channels());
                    sums.add(value);
                    statistics.put(node.name(), sums.statistics());
                }
            }
        }
        return statistics;
    }

    @Test
    void biasesTakeAwayWhatRoundingWeightsShifts() {
        Plan plan = compile(WeightCorrectionTest::limited);
        SortedMap<String, FoldedLayer> layers = layers(plan);
        PlaneSums sums = new PlaneSums(Shape.of(3, 8, 8));
        try (CpuDevice device = new CpuDevice(1);
                CpuModel model = CpuModel.floats(device, plan, layers, true)) {
            model.run(images);
            Node image = plan.fp32().nodes().get(0);
            sums.add(model.value(image, images.size()));
        }
        Node stem = plan.fp32().nodes().stream()
                .filter(node -> node.layer().filter("stem"::equals).isPresent())
                .findFirst()
                .orElseThrow();
        double[][] means = sums.patch(Optional.of(((Op.Conv2d) stem.op()).window()));
        float[] additions =
                BiasCorrection.find(plan, layers, Map.of("stem", means)).get("stem");

        SortedMap<String, FoldedLayer> rounded = new TreeMap<>(layers);
        rounded.put("stem", dequantised(plan, layers, new float[6]));
        double[] plain = shifts(plan, layers, rounded, stem);
        rounded.put("stem", dequantised(plan, layers, additions));
        double[] corrected = shifts(plan, layers, rounded, stem);
        for (int c = 0; c < corrected.length; c++) {
            assertThat(Math.abs(plain[c])).as("channel %d, seed %d", c, SEED).isGreaterThan(1e-5);
            assertThat(Math.abs(corrected[c]))
                    .as("channel %d, seed %d", c, SEED)
                    .isLessThan(1e-6);
        }
    }

    private static FoldedLayer dequantised(Plan plan, SortedMap<String, FoldedLayer> layers, float[] additions) {
        QuantizedLayer quantised =
                WeightsFile.of(plan, "0".repeat(64), layers).layers().get("stem");
        FoldedLayer exact = layers.get("stem");
        double[] weights = new double[exact.weights().length];
        int row = exact.taps() * exact.in();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = quantised.weights()[i] * (double) quantised.scale()[i / row];
        }
        double[] bias = exact.bias().clone();
        for (int c = 0; c < bias.length; c++) {
            bias[c] += additions[c];
        }
        return new FoldedLayer("stem", exact.out(), exact.taps(), exact.in(), weights, bias);
    }

    /** Mean error of each channel of a value. */
    private double[] shifts(
            Plan plan, SortedMap<String, FoldedLayer> exact, SortedMap<String, FoldedLayer> rounded, Node node) {
        try (CpuDevice device = new CpuDevice(1);
                CpuModel right = CpuModel.floats(device, plan, exact, true);
                CpuModel wrong = CpuModel.floats(device, plan, rounded, true)) {
            right.run(images);
            wrong.run(images);
            RealValue a = right.value(node, images.size());
            RealValue b = wrong.value(node, images.size());
            double[] shifts = new double[a.channels()];
            for (int c = 0; c < shifts.length; c++) {
                float[] x = a.channel(c);
                float[] y = b.channel(c);
                for (int i = 0; i < x.length; i++) {
                    shifts[c] += ((double) y[i] - x[i]) / x.length;
                }
            }
            return shifts;
        }
    }
}
