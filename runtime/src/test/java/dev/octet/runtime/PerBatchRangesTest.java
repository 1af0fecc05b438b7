package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.interp.FloatLayers;
import dev.octet.compiler.interp.FloatTensor;
import dev.octet.compiler.interp.Interpreter;
import dev.octet.compiler.interp.Tensor;
import dev.octet.dsl.Net;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.quant.Ranges;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.calibrate.RangeCollector;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks whose ranges are those of each batch. */
class PerBatchRangesTest {
    private static final int BATCH = 4;
    private static final Options PER_BATCH = Options.onDevice("cpu").ranges(RangeSource.PER_BATCH);

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    private static Plan plan(long seed) {
        Random random = new Random(~seed);
        Port image = SampleNetwork.image(random.nextBoolean() ? 1 : 3, 6 + random.nextInt(8), 6 + random.nextInt(9));
        return SampleNetwork.compile(
                new RandomDefinition(seed),
                name -> seed % 2 == 1 && new Random(seed ^ name.hashCode()).nextInt(3) == 0,
                BATCH,
                image,
                new Port("logits", Shape.of(10), Optional.empty()));
    }

    /** A network whose weights are quantised; there is no table, and no float weights are named. */
    private SampleNetwork built(Plan plan, long seed) {
        Path weights = TensorFile.write(plan.fp32(), seed, folder.resolve("weights.safetensors"));
        return new SampleNetwork(plan, folder).writePlan().writeWeights(weights);
    }

    private static byte[] pixels(Plan plan, int images, long seed) {
        byte[] pixels = new byte[images * plan.inputs().get(0).shape().elements()];
        new Random(seed).nextBytes(pixels);
        return pixels;
    }

    /** Ranges and results follow from the oracle's floats, with the numbers that the integers stand for. */
    @ParameterizedTest
    @MethodSource("seeds")
    void resultsAreTheOraclesWithTheRangesOfTheBatch(long seed) {
        Plan plan = plan(seed);
        SampleNetwork sample = built(plan, seed);
        WeightsFile weights = WeightsFile.of(plan, Safetensors.open(folder.resolve("weights.safetensors")));
        try (Network network = Network.open(sample.spec(), PER_BATCH.keepValues(true));
                Session session = network.newSession()) {
            for (int n : new int[] {1, BATCH, 2}) {
                byte[] pixels = pixels(plan, n, seed + n);
                session.input("image").clear().put(pixels);
                session.run(n);
                Ranges ranges = oracleRanges(plan, weights, pixels, n)::get;
                for (int i = 0; i < n; i++) {
                    float[] expected = oracle(plan, weights, ranges, image(plan, pixels, i));
                    float[] found = new float[10];
                    session.output("logits").get(i * 10, found);
                    assertThat(found).as("seed %d, image %d of %d", seed, i, n).isEqualTo(expected);
                }
            }
        }
    }

    private static byte[] image(Plan plan, byte[] pixels, int i) {
        int size = plan.inputs().get(0).shape().elements();
        return Arrays.copyOfRange(pixels, i * size, (i + 1) * size);
    }

    private static SortedMap<String, Float> oracleRanges(Plan plan, WeightsFile weights, byte[] pixels, int n) {
        Interpreter oracle = Interpreter.ofFloat(plan.fp32(), name -> floats(weights, name));
        RangeCollector collector = new RangeCollector(plan);
        Port port = plan.inputs().get(0);
        for (int i = 0; i < n; i++) {
            SortedMap<String, Tensor> values = oracle.run(Map.of("image", numbers(port, image(plan, pixels, i))));
            values.forEach((name, value) -> collector.add(name, bytes(((FloatTensor) value).values())));
        }
        return collector.ranges(RangeRule.naive());
    }

    private static FloatLayers.Layer floats(WeightsFile weights, String name) {
        FloatLayer exact = weights.floats().get(name);
        if (exact != null) {
            return new FloatLayers.Layer(exact.out(), exact.taps(), exact.in(), exact.weights(), exact.bias());
        }
        QuantizedLayer layer = weights.layers().get(name);
        float[] numbers = new float[layer.weights().length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = layer.weights()[i] * layer.scale()[i / (layer.taps() * layer.in())];
        }
        return new FloatLayers.Layer(layer.out(), layer.taps(), layer.in(), numbers, layer.bias());
    }

    private static FloatTensor numbers(Port port, byte[] pixels) {
        ByteTensor bytes = ByteTensor.ofImage(port.shape(), pixels);
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = port.image().orElseThrow().value(i / port.shape().pixels(), bytes.values()[i]);
        }
        return new FloatTensor(port.shape(), values);
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static float[] oracle(Plan plan, WeightsFile weights, Ranges ranges, byte[] pixels) {
        NodeConstants constants = NodeConstants.of(plan, ranges, weights.layers()::get);
        Interpreter oracle =
                Interpreter.ofQuantized(plan.int8(), constants, weights.layers()::get, weights.floats()::get);
        Shape shape = plan.inputs().get(0).shape();
        SortedMap<String, Tensor> values = oracle.run(Map.of("image", ByteTensor.ofImage(shape, pixels)));
        return ((FloatTensor) values.get("logits")).values();
    }

    /** Calls share the sessions of a pool, and each has its own ranges. */
    @Test
    void concurrentCallsDoNotDisturbEachOther() {
        Plan plan = plan(4);
        SampleNetwork sample = built(plan, 4);
        try (Network network = Network.open(sample.spec(), PER_BATCH.maxConcurrency(3))) {
            List<byte[]> images = IntStream.range(0, 24)
                    .mapToObj(i -> dim(pixels(plan, 1, i), 1 + i % 5))
                    .toList();
            List<float[]> alone = images.stream().map(network::run).toList();
            List<float[]> together = images.parallelStream().map(network::run).toList();
            for (int i = 0; i < images.size(); i++) {
                assertThat(together.get(i)).isEqualTo(alone.get(i));
            }
            assertThat(network.description()).contains("int8 in Java", "ranges of each batch by fp32 in Java");
        }
    }

    private static byte[] dim(byte[] pixels, int by) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (Byte.toUnsignedInt(pixels[i]) / by);
        }
        return pixels;
    }

    /** Such inputs have a table's range or none; here each batch finds its own. */
    @Test
    void floatInputsOfAnySizeFindTheirRange() {
        Plan plan = SampleNetwork.compile(
                PerBatchRangesTest::sum,
                2,
                List.of(SampleNetwork.floats("signal", 6)),
                List.of(SampleNetwork.floats("out", 6)));
        SampleNetwork sample = built(plan, 1);
        float[] signal = {1, -2, 3, 0.5f, 127, -64};
        try (Network network = Network.open(sample.spec(), PER_BATCH)) {
            for (float factor : new float[] {1, 0x1p-20f, 0x1p20f}) {
                float[] scaled = new float[6];
                for (int i = 0; i < 6; i++) {
                    scaled[i] = signal[i] * factor;
                }
                float[] result =
                        network.run(List.<Buffer>of(FloatBuffer.wrap(scaled))).get(0);
                for (int i = 0; i < 6; i++) {
                    assertThat((double) result[i])
                            .as("%s", factor)
                            .isCloseTo(2 * scaled[i], org.assertj.core.data.Offset.offset(2.01 * factor));
                }
            }
            assertThatThrownBy(() ->
                            network.run(List.<Buffer>of(FloatBuffer.wrap(new float[] {1, Float.NaN, 0, 0, 0, 0}))))
                    .isInstanceOfSatisfying(
                            OctetException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.BATCH_NOT_FINITE))
                    .hasMessageContaining("'signal'");
            float[] zeros =
                    network.run(List.<Buffer>of(FloatBuffer.allocate(6))).get(0);
            assertThat(zeros).containsOnly(0);
        }
    }

    private static void sum(Net net) {
        var signal = net.input("signal");
        net.output("out", signal.add("twice", signal));
    }

    @Test
    void optionsThatContradictAreRefused() {
        Plan plan = plan(2);
        SampleNetwork sample = built(plan, 2);
        for (Options options :
                List.of(PER_BATCH.precision(Precision.FP32), PER_BATCH.calibration(folder.resolve("t")))) {
            assertThatThrownBy(() -> Network.open(sample.spec(), options))
                    .isInstanceOfSatisfying(
                            OctetException.class, e -> assertThat(e.code()).isEqualTo(RuntimeCode.RANGES_CONFLICT));
        }
        assertThat(plan.int8().nodes()).extracting(Node::name).contains("logits");
    }

    /** A session without a clock is not asked to run, and nothing is measured for it: what is in the inputs does not matter. */
    @Test
    void nothingIsMeasuredForADeviceWithoutAClock() {
        Plan plan = SampleNetwork.compile(
                PerBatchRangesTest::sum,
                2,
                List.of(SampleNetwork.floats("signal", 2)),
                List.of(SampleNetwork.floats("out", 2)));
        WeightsFile weights =
                WeightsFile.of(plan, Safetensors.open(TensorFile.write(plan.fp32(), 1, folder.resolve("w"))));
        List<Buffer> inputs = List.of(FloatBuffer.wrap(new float[] {Float.NaN, 1}));
        List<FloatBuffer> outputs = List.of(FloatBuffer.allocate(2));
        try (DeviceNetwork network = PerBatchNetwork.of(plan, weights, new Clockless(), "npu");
                DeviceSession session = network.newSession(new DeviceNetwork.SessionRequest(2, false))) {
            assertThat(session.hasClock()).isFalse();
            assertThat(session.runTimed(1, inputs, outputs)).isEmpty();
        }
    }

    /** A network on a device without a clock, and its session. */
    private static final class Clockless implements DeviceNetwork, DeviceSession {
        @Override
        public boolean hasSessionConstants() {
            return true;
        }

        @Override
        public DeviceSession newSession(SessionRequest request) {
            return this;
        }

        @Override
        public void constants(Map<Integer, Constants> constants) {
            throw new AssertionError(constants);
        }

        @Override
        public void run(int n, List<? extends Buffer> inputs, List<FloatBuffer> outputs) {
            throw new AssertionError(n);
        }

        @Override
        public byte[] value(int value) {
            throw new AssertionError(value);
        }

        @Override
        public long deviceBytes() {
            return 0;
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public void close() {}
    }
}
