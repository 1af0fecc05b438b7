package dev.octet.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.interp.FloatLayers;
import dev.octet.compiler.interp.FloatTensor;
import dev.octet.compiler.interp.Interpreter;
import dev.octet.compiler.interp.Tensor;
import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.WeightQuantizer;
import dev.octet.runtime.RandomWeights;
import dev.octet.runtime.SampleNetwork;
import dev.octet.runtime.Value;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of networks that read floats beside an image equals the oracle's to the bit, whatever the floats. */
class FloatInputOracleTest {
    private static final int BATCH = 5;
    private static final float[] SPECIAL = {
        Float.NaN,
        Float.intBitsToFloat(0x7fc0005c),
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        -0f,
        Float.MIN_VALUE
    };

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    /** Shapes at the edges of lanes; the floats are read after values whose memory is free by then. */
    private record Sample(long seed, Plan plan, List<Buffer> inputs) {
        static Sample of(long seed, boolean special) {
            Random random = new Random(seed);
            int channels = List.of(1, 3, 16, 17, 33).get(random.nextInt(5));
            int height = 3 + random.nextInt(6);
            int width = 3 + random.nextInt(9);
            int features = List.of(1, 15, 16, 40).get(random.nextInt(4));
            Port image = SampleNetwork.image(1, height, width);
            Port map = SampleNetwork.floats("map", channels, height, width);
            Port meta = SampleNetwork.floats("meta", features);
            Plan plan = SampleNetwork.compile(
                    net -> define(net, channels),
                    BATCH,
                    List.of(meta, image, map),
                    List.of(
                            SampleNetwork.floats("whole", channels, height, width),
                            SampleNetwork.floats("logits", 10)));
            byte[] pixels = new byte[BATCH * image.shape().elements()];
            random.nextBytes(pixels);
            List<Buffer> inputs = List.of(
                    floats(random, BATCH * features, special),
                    ByteBuffer.wrap(pixels),
                    floats(random, BATCH * map.shape().elements(), special));
            return new Sample(seed, plan, inputs);
        }

        private static void define(Net net, int channels) {
            var image = net.input("image")
                    .conv2d("first", 20, Kernel.kernel(3).pad(1))
                    .relu()
                    .conv2d("second", channels, Kernel.kernel(3).pad(1));
            var sum = net.input("map").add("sum", image);
            net.output("whole", sum);
            var logits = sum.relu().globalAvgPool().dense("fc", 10);
            net.output("logits", logits.add(net.input("meta").dense("meta_fc", 10)));
        }

        /** Random numbers of halves of the steps that the range has, and anything else. */
        private static FloatBuffer floats(Random random, int count, boolean special) {
            float[] floats = new float[count];
            for (int i = 0; i < count; i++) {
                floats[i] = special && random.nextInt(8) == 0
                        ? SPECIAL[random.nextInt(SPECIAL.length)]
                        : (random.nextInt(601) - 300) / 127f / 2;
            }
            return FloatBuffer.wrap(floats);
        }

        Map<String, Tensor> image(int i, boolean pixels) {
            Map<String, Tensor> tensors = new TreeMap<>();
            for (int k = 0; k < inputs.size(); k++) {
                Port port = plan.inputs().get(k);
                int size = port.shape().elements();
                if (inputs.get(k) instanceof FloatBuffer floats) {
                    float[] values = new float[size];
                    floats.get(i * size, values);
                    tensors.put(port.name(), new FloatTensor(port.shape(), values));
                } else {
                    byte[] bytes = new byte[size];
                    ((ByteBuffer) inputs.get(k)).get(i * size, bytes);
                    ByteTensor raw = ByteTensor.ofImage(port.shape(), bytes);
                    tensors.put(port.name(), pixels ? raw : numbers(port, raw));
                }
            }
            return tensors;
        }

        private static FloatTensor numbers(Port port, ByteTensor raw) {
            float[] values = new float[raw.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = port.image().orElseThrow().value(i / port.shape().pixels(), raw.values()[i]);
            }
            return new FloatTensor(port.shape(), values);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void quantisedGraphEqualsTheOracle(long seed) {
        Sample sample = Sample.of(seed, true);
        Plan plan = sample.plan();
        var layers = WeightQuantizer.quantize(plan, RandomWeights.of(plan.fp32(), seed));
        NodeConstants constants = NodeConstants.of(plan, value -> 1, layers::get);
        Map<Integer, Constants> byId = new HashMap<>();
        plan.int8().nodes().forEach(node -> constants.of(node).ifPresent(c -> byId.put(node.id(), c)));
        NetworkImage image = new NetworkImage(plan, layers, byId, (target, kernel) -> Optional.empty());
        Interpreter oracle = Interpreter.ofQuantized(plan.int8(), constants, layers::get);
        try (CpuDevice device = new CpuDevice(3);
                DeviceNetwork network = device.load(image)) {
            compare(sample, plan.int8(), network, i -> oracle.run(sample.image(i, true)));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void floatGraphEqualsTheOracle(long seed) {
        Sample sample = Sample.of(seed, false);
        Plan plan = sample.plan();
        SortedMap<String, FoldedLayer> layers = RandomWeights.of(plan.fp32(), seed);
        Interpreter oracle = Interpreter.ofFloat(plan.fp32(), name -> floats(layers.get(name)));
        try (CpuDevice device = new CpuDevice(3);
                DeviceNetwork network = device.loadFloats(plan, layers)) {
            compare(sample, plan.fp32(), network, i -> oracle.run(sample.image(i, false)));
        }
    }

    private static FloatLayers.Layer floats(FoldedLayer layer) {
        return new FloatLayers.Layer(
                layer.out(), layer.taps(), layer.in(), floats(layer.weights()), floats(layer.bias()));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private interface Oracle {
        SortedMap<String, Tensor> run(int image);
    }

    private static void compare(Sample sample, Graph graph, DeviceNetwork network, Oracle oracle) {
        List<FloatBuffer> kept = results(sample.plan());
        try (DeviceSession keeping = network.newSession(new SessionRequest(BATCH, true));
                DeviceSession sharing = network.newSession(new SessionRequest(BATCH, false))) {
            keeping.run(BATCH, sample.inputs(), kept);
            for (int i = 0; i < BATCH; i++) {
                SortedMap<String, Tensor> expected = oracle.run(i);
                for (Node node : graph.nodes()) {
                    Value value =
                            new Value(node.name(), node.type(), BATCH, node.isLogicalOrder(), keeping.value(node.id()));
                    assertThat(elements(value, i))
                            .as("seed %d, image %d, %s", sample.seed(), i, node)
                            .isEqualTo(elements(expected.get(node.name())));
                    requireZeroPadding(value);
                }
            }
            for (int repeat = 0; repeat < 2; repeat++) {
                List<FloatBuffer> shared = results(sample.plan());
                sharing.run(BATCH, sample.inputs(), shared);
                assertThat(shared)
                        .as("seed %d: memory shared by values", sample.seed())
                        .isEqualTo(kept);
            }
        }
    }

    private static List<FloatBuffer> results(Plan plan) {
        List<FloatBuffer> results = new ArrayList<>();
        plan.outputs()
                .forEach(port ->
                        results.add(FloatBuffer.allocate(BATCH * port.shape().elements())));
        return results;
    }

    private static float[] elements(Value value, int image) {
        Shape shape = value.type().shape();
        float[] elements = new float[shape.elements()];
        for (int e = 0; e < elements.length; e++) {
            int pixel = e % shape.pixels();
            elements[e] = value.at(image, e / shape.pixels(), pixel / shape.width(), pixel % shape.width());
        }
        return elements;
    }

    private static float[] elements(Tensor tensor) {
        if (tensor instanceof FloatTensor floats) {
            return floats.values();
        }
        int[] values = ((ByteTensor) tensor).values();
        float[] elements = new float[values.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = values[i];
        }
        return elements;
    }

    private static void requireZeroPadding(Value value) {
        if (value.type().element() == ElementType.F32) {
            return;
        }
        int pitch = value.type().storage().orElseThrow().pitch();
        for (int i = 0; i < value.bytes().length; i++) {
            if (i % pitch >= value.type().shape().channels()) {
                assertThat(value.bytes()[i])
                        .as("padding lane %d of %s", i, value.name())
                        .isZero();
            }
        }
    }
}
