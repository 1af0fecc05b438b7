package dev.octet.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.interp.FloatLayers;
import dev.octet.compiler.interp.FloatTensor;
import dev.octet.compiler.interp.Interpreter;
import dev.octet.compiler.interp.Tensor;
import dev.octet.dsl.Kernel;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.quant.Ranges;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.WeightQuantizer;
import dev.octet.runtime.RandomDefinition;
import dev.octet.runtime.RandomWeights;
import dev.octet.runtime.SampleNetwork;
import dev.octet.runtime.Value;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of random networks equals the oracle's to the bit, padding lanes are zero, whatever the threads. */
class CpuOracleTest {
    private static final int BATCH = 5;

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    private static Plan plan(long seed) {
        Random random = new Random(~seed);
        Port image = SampleNetwork.image(random.nextBoolean() ? 1 : 3, 6 + random.nextInt(14), 6 + random.nextInt(40));
        return SampleNetwork.compile(
                new RandomDefinition(seed), BATCH, image, new Port("logits", Shape.of(10), Optional.empty()));
    }

    private static byte[][] images(Plan plan, long seed) {
        Random random = new Random(seed);
        byte[][] images =
                new byte[1 + random.nextInt(BATCH)][plan.inputs().get(0).shape().elements()];
        for (byte[] image : images) {
            random.nextBytes(image);
        }
        return images;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void quantisedGraphEqualsTheOracle(long seed) {
        Plan plan = plan(seed);
        SortedMap<String, QuantizedLayer> layers = WeightQuantizer.quantize(plan, RandomWeights.of(plan.fp32(), seed));
        Ranges ranges = value -> 0.5f + (value.hashCode() & 7) / 8f;
        compareQuantized(seed, plan, layers, ranges, images(plan, seed));
    }

    /** Sums far above 2^24, where floats leave out every other integer. */
    @Test
    void sumsBeyondTheExactRangeOfFloatsStayExact() {
        Port image = SampleNetwork.image(3, 9, 10);
        NetworkDefinition definition = net -> net.output(
                "logits",
                net.input("image")
                        .conv2d("wide", 64, Kernel.kernel(1))
                        .relu()
                        .conv2d("deep", 65, Kernel.kernel(3).pad(1))
                        .relu()
                        .flatten()
                        .dense("fc", 10));
        Plan plan = SampleNetwork.compile(definition, BATCH, image, new Port("logits", Shape.of(10), Optional.empty()));
        SortedMap<String, QuantizedLayer> layers = new TreeMap<>();
        WeightQuantizer.quantize(plan, RandomWeights.of(plan.fp32(), 1))
                .forEach((name, layer) -> layers.put(name, extreme(layer)));
        byte[] white = new byte[3 * 9 * 10];
        Arrays.fill(white, (byte) 255);
        byte[] mixed = new byte[white.length];
        new Random(2).nextBytes(mixed);
        compareQuantized(1, plan, layers, value -> 1e-3f, new byte[][] {white, mixed});
    }

    /** Nearly all weights at the limit, some odd ones between, as many units as it takes to leave few cancelled. */
    private static QuantizedLayer extreme(QuantizedLayer layer) {
        Random random = new Random(layer.layer().hashCode());
        byte[] weights = new byte[layer.weights().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (random.nextInt(5) > 0 ? 127 : random.nextInt(255) - 127);
        }
        return new QuantizedLayer(
                layer.layer(), layer.out(), layer.taps(), layer.in(), weights, layer.scale(), layer.bias());
    }

    private static void compareQuantized(
            long seed, Plan plan, SortedMap<String, QuantizedLayer> layers, Ranges ranges, byte[][] images) {
        NodeConstants constants = NodeConstants.of(plan, ranges, layers::get);
        Map<Integer, Constants> byId = new HashMap<>();
        plan.int8().nodes().forEach(node -> constants.of(node).ifPresent(c -> byId.put(node.id(), c)));
        NetworkImage image = new NetworkImage(plan, layers, byId, (target, kernel) -> Optional.empty());
        Interpreter oracle = Interpreter.ofQuantized(plan.int8(), constants, layers::get);
        Shape shape = plan.inputs().get(0).shape();
        try (CpuDevice device = new CpuDevice(3);
                DeviceNetwork network = device.load(image)) {
            compare(
                    seed,
                    plan.int8(),
                    network,
                    images,
                    pixels -> oracle.run(Map.of("image", ByteTensor.ofImage(shape, pixels))));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void floatGraphEqualsTheOracle(long seed) {
        Plan plan = plan(seed);
        SortedMap<String, FoldedLayer> layers = RandomWeights.of(plan.fp32(), seed);
        Interpreter oracle = Interpreter.ofFloat(plan.fp32(), name -> floats(layers.get(name)));
        byte[][] images = images(plan, seed);
        try (CpuDevice device = new CpuDevice(3);
                DeviceNetwork network = device.loadFloats(plan, layers)) {
            compare(
                    seed,
                    plan.fp32(),
                    network,
                    images,
                    pixels -> oracle.run(Map.of("image", numbers(plan.inputs().get(0), pixels))));
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

    private static FloatTensor numbers(Port port, byte[] pixels) {
        ByteTensor bytes = ByteTensor.ofImage(port.shape(), pixels);
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = port.image().orElseThrow().value(i / port.shape().pixels(), bytes.values()[i]);
        }
        return new FloatTensor(port.shape(), values);
    }

    private interface Oracle {
        SortedMap<String, Tensor> run(byte[] pixels);
    }

    private static void compare(long seed, Graph graph, DeviceNetwork network, byte[][] images, Oracle oracle) {
        ByteBuffer in = ByteBuffer.allocate(images.length * images[0].length);
        Arrays.stream(images).forEach(in::put);
        FloatBuffer kept = FloatBuffer.allocate(images.length * 10);
        FloatBuffer shared = FloatBuffer.allocate(images.length * 10);
        try (DeviceSession keeping = network.newSession(new SessionRequest(BATCH, true));
                DeviceSession sharing = network.newSession(new SessionRequest(BATCH, false))) {
            keeping.run(images.length, List.of(in.flip()), List.of(kept));
            for (int repeat = 0; repeat < 2; repeat++) {
                sharing.run(images.length, List.of(in), List.of(shared));
                assertThat(shared.array())
                        .as("seed %d: memory shared by values", seed)
                        .isEqualTo(kept.array());
            }
            for (int i = 0; i < images.length; i++) {
                SortedMap<String, Tensor> expected = oracle.run(images[i]);
                for (Node node : graph.nodes()) {
                    Value value = new Value(
                            node.name(), node.type(), images.length, node.isLogicalOrder(), keeping.value(node.id()));
                    String what = "seed " + seed + ", image " + i + ", " + node;
                    equal(what, value, i, expected.get(node.name()));
                }
                FloatTensor logits = (FloatTensor) expected.get("logits");
                assertThat(Arrays.copyOfRange(kept.array(), i * 10, i * 10 + 10))
                        .isEqualTo(logits.values());
            }
        }
    }

    private static void equal(String what, Value value, int image, Tensor expected) {
        Shape shape = expected.shape();
        float[] found = new float[shape.elements()];
        for (int e = 0; e < found.length; e++) {
            int pixel = e % shape.pixels();
            found[e] = value.at(image, e / shape.pixels(), pixel / shape.width(), pixel % shape.width());
        }
        if (expected instanceof FloatTensor) {
            assertThat(found).as(what).isEqualTo(((FloatTensor) expected).values());
            return;
        }
        assertThat(found)
                .as(what)
                .isEqualTo(floats(Arrays.stream(((ByteTensor) expected).values())
                        .asDoubleStream()
                        .toArray()));
        if (value.type().element() != ElementType.F32) {
            paddingIsZero(what, value);
        }
    }

    private static void paddingIsZero(String what, Value value) {
        int pitch = value.type().storage().orElseThrow().pitch();
        int channels = value.type().shape().channels();
        for (int i = 0; i < value.bytes().length; i++) {
            if (i % pitch >= channels) {
                assertThat(value.bytes()[i]).as("%s, padding lane %d", what, i).isZero();
            }
        }
    }
}
