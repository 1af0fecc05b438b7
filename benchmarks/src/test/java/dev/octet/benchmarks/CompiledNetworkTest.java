package dev.octet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.device.NetworkImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured is what it is said to be. */
class CompiledNetworkTest {
    private static CompiledNetwork compiled(BenchmarkNetwork network, Precision precision, int batch) {
        return CompiledNetwork.of(network.subject(), precision, Target.SM_80, batch);
    }

    /** The multiplications of one image that the papers and torchvision's documentation give, in millions. */
    @ParameterizedTest
    @CsvSource({"RESNET50, 4089", "RESNET18, 1814", "MOBILENET_V2, 301", "SQUEEZENET1_1, 349"})
    void hasItsMultiplicationsInBothPrecisions(BenchmarkNetwork network, long millions) {
        for (Precision precision : Precision.values()) {
            CompiledNetwork compiled = compiled(network, precision, 8);
            List<StepCost> costs = compiled.program().steps().stream()
                    .map(step -> StepCost.of(compiled.plan().int8(), step, 8))
                    .toList();
            assertThat(Math.round(costs.stream().mapToLong(StepCost::macs).sum() / 8e6))
                    .isEqualTo(millions);
            assertThat(costs).allSatisfy(cost -> assertThat(cost.bytes()).isPositive());
        }
    }

    /** Nothing but the conversion of the input comes before the first layer, and only logits are floats. */
    @ParameterizedTest
    @EnumSource
    void computesInTheTypesOfItsPrecision(BenchmarkNetwork network) {
        CompiledNetwork int8 = compiled(network, Precision.INT8, 1);
        assertThat(int8.inputSteps()).isEqualTo(1);
        assertThat(values(int8)).allMatch(node -> node.type().element().isInteger() || reachesOutput(int8, node));
        CompiledNetwork fp32 = compiled(network, Precision.FP32, 1);
        assertThat(fp32.inputSteps()).isEqualTo(1);
        assertThat(values(fp32)).allMatch(node -> node.type().element() == ElementType.F32);
        assertThat(fp32.plan().int8().nodes().stream()
                        .filter(node -> node.layer().isPresent()))
                .isNotEmpty()
                .allMatch(Node::fp32);
    }

    private static List<Node> values(CompiledNetwork compiled) {
        Graph graph = compiled.plan().int8();
        return compiled.program().steps().stream()
                .flatMap(step -> step.region().ops().stream())
                .map(graph::node)
                .toList();
    }

    private static boolean reachesOutput(CompiledNetwork compiled, Node node) {
        return compiled.plan().int8().nodes(Op.Output.class).stream()
                .anyMatch(output -> output.inputs().contains(node.id()));
    }

    /**
     * The first convolution of a ResNet-50, which is pooled at once: pixels of one word, weights of 7x7x3, bytes of 64 channels,
     * scales and biases.
     */
    @Test
    void costsWhatALayerMoves() {
        CompiledNetwork compiled = compiled(BenchmarkNetwork.RESNET50, Precision.INT8, 128);
        Graph graph = compiled.plan().int8();
        Step step = compiled.program().steps().get(1);
        StepCost cost = StepCost.of(graph, step, 128);
        long middle = 128L * 112 * 112 * 64;
        assertThat(StepCost.name(graph, step)).isEqualTo("conv1");
        assertThat(cost).isEqualTo(new StepCost(128L * 224 * 224 * 4 + middle / 4 + 64 * 147 + 64 * 8, middle * 147));
        assertThat(cost.floorMicros(1e12, 1e18)).isCloseTo(cost.bytes() * 1e-6, within(1e-9));
        assertThat(cost.floorMicros(1e18, 1e12)).isCloseTo(cost.macs() * 1e-6, within(1e-6));
    }

    /** Every layer and constant that the plan asks for is there; the same weights fit the plans of all batches. */
    @ParameterizedTest
    @EnumSource
    void hasWeights(Precision precision) {
        RandomWeights weights = RandomWeights.of(
                compiled(BenchmarkNetwork.MOBILENET_V2, precision, 1).plan());
        CompiledNetwork other = compiled(BenchmarkNetwork.MOBILENET_V2, precision, 32);
        NetworkImage image = weights.image(other.plan(), (target, kernel) -> Optional.empty());
        assertThat(image.layers()).hasSize(precision == Precision.INT8 ? 53 : 0);
        assertThat(image.floats()).hasSize(precision == Precision.INT8 ? 0 : 53);
    }

    /** Of bytes with bytes, or of floats with floats: the layers around it change nothing of its kernel. */
    @ParameterizedTest
    @EnumSource
    void hasAConvolutionByItself(Precision precision) {
        ElementType type = precision == Precision.INT8 ? ElementType.S8 : ElementType.F32;
        ElementType operand = precision == Precision.INT8 ? ElementType.U8 : ElementType.F32;
        for (ConvolutionShape shape : ConvolutionShape.ALL) {
            CompiledNetwork compiled = CompiledNetwork.of(shape.subject(), precision, Target.SM_80, 64);
            Graph graph = compiled.plan().int8();
            Step step = compiled.program().steps().get(compiled.firstLayer());
            int out = shape.size() / shape.stride();
            long in = (long) shape.channels() * shape.size() * shape.size();
            long elements = in + (long) shape.out() * out * out;
            long filter = (long) shape.channels() * shape.kernel() * shape.kernel();
            long weights = shape.out() * (filter * type.bytes() + 2 * Float.BYTES);
            assertThat(step.region().ops()).hasSize(1);
            assertThat(graph.node(step.region().ops().get(0)).type().element()).isEqualTo(type);
            assertThat(graph.node(step.region().inputs().get(0)).type().element())
                    .isEqualTo(operand);
            assertThat(StepCost.of(graph, step, 64))
                    .as(shape.text())
                    .isEqualTo(new StepCost(
                            64 * elements * type.bytes() + weights, 64 * filter * shape.out() * out * out));
        }
    }
}
