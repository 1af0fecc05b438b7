package dev.octet.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.interp.FloatTensor;
import dev.octet.compiler.interp.Interpreter;
import dev.octet.compiler.interp.RandomValues;
import dev.octet.compiler.interp.Tensor;
import dev.octet.compiler.pass.AssignTypes;
import dev.octet.compiler.pass.FuseActivation;
import dev.octet.compiler.pass.FuseResidual;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Step;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.text.PlanText;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every network keeps, checked on random ones; the test's name has the seed. */
class RandomNetworkTest {
    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    private static Plan plan(long seed) {
        return OctetCompiler.compile(RandomNetwork.request(seed), ScheduledKernel::name, DumpSink.NONE)
                .plan();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void fusingChangesNoBitOfAnyFloat(long seed) {
        Graph folded = plan(seed).fp32();
        Graph fused = new FuseActivation().run(new FuseResidual().run(folded));
        RandomValues values = new RandomValues(folded, seed);
        Map<String, Tensor> image = floatImage(plan(seed), values);
        SortedMap<String, Tensor> expected = Interpreter.ofFloat(folded, values).run(image);
        assertThat(fused.nodes().size()).isLessThanOrEqualTo(folded.nodes().size());
        Interpreter.ofFloat(fused, values)
                .run(image)
                .forEach((name, value) -> assertThat(((FloatTensor) value).values())
                        .as(name)
                        .isEqualTo(((FloatTensor) expected.get(name)).values()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void stepsOneByOneComputeWhatTheTypedGraphDoes(long seed) {
        Plan plan = plan(seed);
        Graph typed = new AssignTypes().run(new FuseActivation().run(new FuseResidual().run(plan.fp32())));
        RandomValues values = new RandomValues(plan.fp32(), seed);
        SortedMap<String, Tensor> floats =
                Interpreter.ofFloat(plan.fp32(), values).run(floatImage(plan, values));
        ByteTensor pixels = pixels(plan, values);
        SortedMap<String, Tensor> expected =
                quantized(typed, plan, values, floats).run(Map.of("image", pixels));
        Interpreter interpreter = quantized(plan.int8(), plan, values, floats);
        Map<Integer, Tensor> memory = new TreeMap<>();
        memory.put(plan.int8().nodes(Op.Input.class).get(0).id(), pixels);
        for (Step step : plan.programs().get(0).steps()) {
            Region region = step.region();
            memory.putAll(interpreter.run(region, memory));
        }
        for (Node output : plan.int8().nodes(Op.Output.class)) {
            assertThat(((FloatTensor) memory.get(output.input())).values())
                    .as(output.name())
                    .isEqualTo(((FloatTensor) expected.get(output.name())).values());
        }
    }

    /**
     * INT8 outputs stay near float ones. Each requantisation adds at most half a step, and a few layers of random weights
     * amplify it; a wrong scale, sign or operand is off by the order of the value itself.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void integersFollowFloats(long seed) {
        Plan plan = plan(seed);
        RandomValues values = new RandomValues(plan.fp32(), seed);
        byte[] image = values.image(plan.inputs().get(0).shape());
        SortedMap<String, Tensor> floats =
                Interpreter.ofFloat(plan.fp32(), values).run(Map.of("image", normalized(plan, image)));
        SortedMap<String, Tensor> integers = quantized(plan.int8(), plan, values, floats)
                .run(Map.of("image", ByteTensor.ofImage(plan.inputs().get(0).shape(), image)));
        for (Port port : plan.outputs()) {
            float[] expected = ((FloatTensor) floats.get(port.name())).values();
            float[] found = ((FloatTensor) integers.get(port.name())).values();
            assertThat(error(expected, found)).as(port.name()).isLessThan(0.1);
        }
    }

    /** Root of the mean squared difference over the largest absolute value. */
    private static double error(float[] expected, float[] found) {
        double squares = 0;
        double max = 1e-6;
        for (int i = 0; i < expected.length; i++) {
            squares += Math.pow(expected[i] - found[i], 2);
            max = Math.max(max, Math.abs(expected[i]));
        }
        return Math.sqrt(squares / expected.length) / max;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void plansSurviveTheirTextForm(long seed) {
        byte[] text = PlanText.write(plan(seed));
        assertThat(PlanText.write(PlanText.read(text, "plan"))).isEqualTo(text);
        assertThat(PlanText.write(plan(seed))).as("compiled again").isEqualTo(text);
    }

    private static Interpreter quantized(
            Graph graph, Plan plan, RandomValues values, SortedMap<String, Tensor> floats) {
        NodeConstants constants =
                NodeConstants.of(graph, plan.inputs(), RandomValues.ranges(floats), values::quantized);
        return Interpreter.ofQuantized(graph, constants, values::quantized);
    }

    private static ByteTensor pixels(Plan plan, RandomValues values) {
        Shape shape = plan.inputs().get(0).shape();
        return ByteTensor.ofImage(shape, values.image(shape));
    }

    private static Map<String, Tensor> floatImage(Plan plan, RandomValues values) {
        return Map.of(
                "image", normalized(plan, values.image(plan.inputs().get(0).shape())));
    }

    private static Tensor normalized(Plan plan, byte[] image) {
        Shape shape = plan.inputs().get(0).shape();
        ImageFormat format = plan.inputs().get(0).image().orElseThrow();
        ByteTensor pixels = ByteTensor.ofImage(shape, image);
        float[] floats = new float[shape.elements()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = format.value(i / shape.pixels(), pixels.values()[i]);
        }
        return new FloatTensor(shape, floats);
    }
}
