package dev.octet.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.interp.FloatTensor;
import dev.octet.compiler.interp.Interpreter;
import dev.octet.compiler.interp.Tensor;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value of random networks of which some layers stay in FP32 equals the oracle's to the bit. */
class MixedPrecisionCpuTest {
    private static final int BATCH = 3;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    private static Plan plan(long seed) {
        Random random = new Random(~seed);
        Port image = SampleNetwork.image(random.nextBoolean() ? 1 : 3, 6 + random.nextInt(14), 6 + random.nextInt(30));
        return SampleNetwork.compile(
                new RandomDefinition(seed),
                name -> new Random(seed ^ name.hashCode()).nextInt(3) == 0,
                BATCH,
                image,
                new Port("logits", Shape.of(10), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyValueEqualsTheOracles(long seed) {
        Plan plan = plan(seed);
        SortedMap<String, FoldedLayer> folded = RandomWeights.of(plan.fp32(), seed);
        SortedMap<String, QuantizedLayer> layers = WeightQuantizer.quantize(plan, folded);
        SortedMap<String, FloatLayer> floats = WeightQuantizer.floats(plan, folded);
        NodeConstants constants = NodeConstants.of(plan, value -> 0.5f + (value.hashCode() & 7) / 8f, layers::get);
        Map<Integer, Constants> byId = new HashMap<>();
        plan.int8().nodes().forEach(node -> constants.of(node).ifPresent(c -> byId.put(node.id(), c)));
        Shape shape = plan.inputs().get(0).shape();
        byte[] pixels = new byte[BATCH * shape.elements()];
        new Random(seed).nextBytes(pixels);
        Interpreter oracle = Interpreter.ofQuantized(plan.int8(), constants, layers::get, floats::get);
        try (CpuDevice device = new CpuDevice(3);
                DeviceNetwork network = device.load(
                        new NetworkImage(plan, layers, floats, byId, (target, kernel) -> Optional.empty()));
                DeviceSession session = network.newSession(new SessionRequest(BATCH, true))) {
            session.run(BATCH, List.of(ByteBuffer.wrap(pixels)), List.of(FloatBuffer.allocate(BATCH * 10)));
            for (int image = 0; image < BATCH; image++) {
                byte[] one = new byte[shape.elements()];
                System.arraycopy(pixels, image * one.length, one, 0, one.length);
                SortedMap<String, Tensor> expected = oracle.run(Map.of("image", ByteTensor.ofImage(shape, one)));
                for (Node node : plan.int8().nodes()) {
                    Value value =
                            new Value(node.name(), node.type(), BATCH, node.isLogicalOrder(), session.value(node.id()));
                    equal("seed " + seed + ", " + node, value, image, expected.get(node.name()));
                }
            }
        }
    }

    private static void equal(String what, Value value, int image, Tensor expected) {
        Shape shape = expected.shape();
        for (int i = 0; i < shape.elements(); i++) {
            int pixel = i % shape.pixels();
            float found = value.at(image, i / shape.pixels(), pixel / shape.width(), pixel % shape.width());
            float wanted =
                    expected instanceof FloatTensor floats ? floats.values()[i] : ((ByteTensor) expected).values()[i];
            assertThat(found).as("%s, element %d", what, i).isEqualTo(wanted);
        }
    }
}
