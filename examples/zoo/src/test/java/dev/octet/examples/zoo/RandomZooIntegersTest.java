package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.interp.Interpreter;
import dev.octet.compiler.interp.Tensor;
import dev.octet.plan.Plan;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.plan.weights.WeightQuantizer;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import dev.octet.runtime.Value;
import dev.octet.runtime.calibrate.RangeRule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every integer of networks with random weights, on the CPU device, equals the oracle's. */
class RandomZooIntegersTest {
    private static final long SEED = 23;
    /** Values of this many elements differ enough for mistakes to show. */
    private static final int MANY = 1000;

    private static final long LEAST_DISTINCT = 16;

    /** Small ones that, between them, have gates, tables, depthwise layers, shortcuts that pad, and concatenations. */
    @ParameterizedTest
    @EnumSource(names = {"MOBILENET_V3_LARGE", "EFFICIENTNET_B0", "SQUEEZENET_1_1", "CIFAR_RESNET20", "RESNET8"})
    void equalTheOracle(Zoo network, @TempDir Path folder) throws IOException {
        Path safetensors = folder.resolve("random.safetensors");
        ZooCompilation compiled = ZooCompilation.withoutKernels(network.definition());
        WeightsOutput.write(RandomWeights.of(compiled, SEED), safetensors);
        ZooBuild build = new ZooBuild(folder.resolve("classes"), compiled);
        build.quantizeWeights(safetensors);
        Shape shape = build.plan().inputs().get(0).shape();
        byte[] image = SyntheticImages.image(shape.height(), SEED);
        CalibrationTable table = build.calibrate(safetensors, RangeRule.naive(), Stream.of(image));
        build.add(table);

        SortedMap<String, Tensor> expected = oracle(build.plan(), safetensors, table, ByteTensor.ofImage(shape, image));
        try (Network opened = Network.open(
                        build.spec(), Options.onDevice("cpu").maxBatch(1).keepValues(true));
                Session session = opened.newSession()) {
            session.input("image").put(ByteBuffer.wrap(image));
            session.run(1);
            for (Node node : build.plan().int8().nodes()) {
                if (expected.get(node.name()) instanceof ByteTensor bytes) {
                    assertThat(bytes.values().length < MANY ? LEAST_DISTINCT : distinct(bytes))
                            .as("distinct values of %s, seed %d", node.name(), SEED)
                            .isGreaterThanOrEqualTo(LEAST_DISTINCT);
                    assertThat(integers(session.value(node.name())))
                            .as("%s, seed %d", node.name(), SEED)
                            .isEqualTo(bytes.values());
                }
            }
        }
    }

    private static SortedMap<String, Tensor> oracle(
            Plan plan, Path safetensors, CalibrationTable table, ByteTensor image) {
        SortedMap<String, QuantizedLayer> layers =
                WeightQuantizer.quantize(plan, WeightFolder.fold(plan.fp32(), Safetensors.open(safetensors)));
        NodeConstants constants = NodeConstants.of(plan, table, layers::get);
        return Interpreter.ofQuantized(plan.int8(), constants, layers::get).run(Map.of("image", image));
    }

    private static long distinct(ByteTensor bytes) {
        return Arrays.stream(bytes.values()).distinct().count();
    }

    /** In logical order. */
    private static int[] integers(Value value) {
        Shape shape = value.type().shape();
        return IntStream.range(0, shape.elements())
                .map(i -> (int) value.at(0, i / shape.pixels(), i % shape.pixels() / shape.width(), i % shape.width()))
                .toArray();
    }
}
