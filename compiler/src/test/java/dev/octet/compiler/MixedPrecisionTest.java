package dev.octet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.interp.FloatTensor;
import dev.octet.compiler.interp.Interpreter;
import dev.octet.compiler.interp.RandomValues;
import dev.octet.compiler.interp.Tensor;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.text.PlanText;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random networks of which some layers, or all, stay in FP32; the test's name has the seed. */
class MixedPrecisionTest {
    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private static Plan compile(CompileRequest request, Set<String> fp32) {
        CompileRequest mixed = new CompileRequest(
                request.network(),
                request.inputs(),
                request.outputs(),
                request.targets(),
                request.maxBatch(),
                request.trace(),
                fp32);
        return OctetCompiler.compile(mixed, ScheduledKernel::name, DumpSink.NONE)
                .plan();
    }

    private static Set<String> some(Set<String> names, long seed) {
        Random random = new Random(seed);
        Set<String> some = new HashSet<>();
        names.stream().sorted().filter(name -> random.nextInt(3) == 0).forEach(some::add);
        return some;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsAllInFp32ComputesWhatTheFloatGraphDoes(long seed) {
        CompileRequest request = RandomNetwork.request(seed);
        Plan plan = compile(request, request.trace().names());
        assertThat(plan.int8().nodes())
                .filteredOn(node -> !(node.op() instanceof Op.Input))
                .allMatch(node -> node.type().element() == ElementType.F32);
        RandomValues values = new RandomValues(plan.fp32(), seed);
        byte[] image = values.image(plan.inputs().get(0).shape());
        SortedMap<String, Tensor> expected =
                Interpreter.ofFloat(plan.fp32(), values).run(Map.of("image", normalized(plan, image)));
        SortedMap<String, Tensor> found = run(plan, values, expected, image);
        for (Node output : plan.int8().nodes(Op.Output.class)) {
            assertThat(((FloatTensor) found.get(output.name())).values())
                    .as(output.name())
                    .isEqualTo(((FloatTensor) expected.get(output.name())).values());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mixedNetworksComeNearTheFloatGraph(long seed) {
        CompileRequest request = RandomNetwork.request(seed);
        Plan plan = compile(request, some(request.trace().names(), seed));
        RandomValues values = new RandomValues(plan.fp32(), seed);
        byte[] image = values.image(plan.inputs().get(0).shape());
        SortedMap<String, Tensor> expected =
                Interpreter.ofFloat(plan.fp32(), values).run(Map.of("image", normalized(plan, image)));
        SortedMap<String, Tensor> found = run(plan, values, expected, image);
        for (Node output : plan.int8().nodes(Op.Output.class)) {
            float[] wanted = ((FloatTensor) expected.get(output.name())).values();
            float[] floats = ((FloatTensor) found.get(output.name())).values();
            assertThat(error(wanted, floats)).as(output.name()).isLessThan(0.1);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void plansSurviveTheirTextFormAndKeepTheirTopology(long seed) {
        CompileRequest request = RandomNetwork.request(seed);
        Plan plan = compile(request, some(request.trace().names(), seed));
        byte[] text = PlanText.write(plan);
        assertThat(PlanText.write(PlanText.read(text, "plan"))).isEqualTo(text);
        assertThat(GraphText.topologyHash(plan.fp32()))
                .as("a calibration table is for every choice of layers")
                .isEqualTo(GraphText.topologyHash(compile(request, Set.of()).fp32()));
    }

    private static SortedMap<String, Tensor> run(
            Plan plan, RandomValues values, SortedMap<String, Tensor> floats, byte[] image) {
        NodeConstants constants = NodeConstants.of(plan, RandomValues.ranges(floats), values::quantized);
        ByteTensor pixels = ByteTensor.ofImage(plan.inputs().get(0).shape(), image);
        return Interpreter.ofQuantized(plan.int8(), constants, values::quantized, name -> layer(values, name))
                .run(Map.of("image", pixels));
    }

    private static FloatLayer layer(RandomValues values, String name) {
        var layer = values.layer(name);
        return new FloatLayer(name, layer.out(), layer.taps(), layer.in(), layer.weights(), layer.bias());
    }

    private static double error(float[] expected, float[] found) {
        double squares = 0;
        double max = 1e-6;
        for (int i = 0; i < expected.length; i++) {
            squares += Math.pow(expected[i] - found[i], 2);
            max = Math.max(max, Math.abs(expected[i]));
        }
        return Math.sqrt(squares / expected.length) / max;
    }

    private static Tensor normalized(Plan plan, byte[] image) {
        Shape shape = plan.inputs().get(0).shape();
        ImageFormat format = List.copyOf(plan.inputs()).get(0).image().orElseThrow();
        ByteTensor pixels = ByteTensor.ofImage(shape, image);
        float[] floats = new float[shape.elements()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = format.value(i / shape.pixels(), pixels.values()[i]);
        }
        return new FloatTensor(shape, floats);
    }
}
