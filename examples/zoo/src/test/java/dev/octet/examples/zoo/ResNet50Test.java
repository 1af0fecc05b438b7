package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.Compilation;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import dev.octet.examples.zoo.TracedWeights.Weight;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.text.PlanText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResNet50Test {
    private static ZooCompilation network;

    @BeforeAll
    static void compile() {
        network = ZooCompilation.of(new ResNet50());
    }

    private static Plan plan() {
        return network.compilation().plan();
    }

    private static List<Weight> weights() {
        return TracedWeights.of(network.trace());
    }

    /** Published figures: 25,557,032 parameters and 4.09 thousand million multiplications. */
    @Test
    void isAsLargeAsPublished() {
        assertThat(weights().stream()
                        .filter(Weight::isParameter)
                        .mapToInt(Weight::elements)
                        .sum())
                .isEqualTo(25_557_032);
        assertThat(network.trace().nodes().stream()
                        .mapToLong(ResNet50Test::products)
                        .sum())
                .isEqualTo(4_089_184_256L);
    }

    private static long products(TracedNode node) {
        if (!(node.op() instanceof TracedOp.Conv2d) && !(node.op() instanceof TracedOp.Dense)) {
            return 0;
        }
        List<Integer> operand =
                network.trace().nodes().get(node.inputs().get(0)).shape();
        long pixels =
                node.shape().size() == 3 ? node.shape().get(1) * node.shape().get(2) : 1;
        return pixels * TracedWeights.of(node, operand).get(0).elements();
    }

    @Test
    void callsItsTensorsAsTorchvisionDoes() {
        assertThat(weights()).hasSize(53 * 5 + 2);
        assertThat(weights())
                .contains(
                        new Weight("conv1.weight", List.of(64, 3, 7, 7)),
                        new Weight("bn1.running_var", List.of(64)),
                        new Weight("layer1.0.downsample.0.weight", List.of(256, 64, 1, 1)),
                        new Weight("layer2.0.conv2.weight", List.of(128, 128, 3, 3)),
                        new Weight("layer3.5.bn3.bias", List.of(1024)),
                        new Weight("layer4.0.downsample.1.weight", List.of(2048)),
                        new Weight("layer4.2.conv3.weight", List.of(2048, 512, 1, 1)),
                        new Weight("fc.weight", List.of(1000, 2048)),
                        new Weight("fc.bias", List.of(1000)));
        assertThat(weights()).extracting(Weight::key).noneMatch(key -> key.contains("layer1.1.downsample"));
    }

    /** The variant 1.5 has its strides in the 3x3 convolutions. */
    @Test
    void halvesHeightAndWidthInTheMiddleOfBlocks() {
        assertThat(shape("layer2.0.conv1")).isEqualTo(Shape.of(128, 56, 56));
        assertThat(shape("layer2.0.conv2")).isEqualTo(Shape.of(128, 28, 28));
        assertThat(shape("layer4.2.conv3")).isEqualTo(Shape.of(2048, 7, 7));
    }

    private static Shape shape(String layer) {
        return network.trace().nodes().stream()
                .filter(node -> node.name().equals(layer))
                .map(node -> new Shape(node.shape()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * 53 convolutions, a dense layer, two pools, and the image's bytes: nothing else is left to launch. On tensor cores the first
     * convolution pools too.
     */
    @Test
    void launchesOneKernelForEachLayer() {
        Compilation compilation = network.compilation();
        assertThat(plan().programs()).extracting(LaunchProgram::target).containsExactly(Target.SM_61, Target.SM_80);
        for (LaunchProgram program : plan().programs()) {
            assertThat(program.steps()).hasSize(program.target() == Target.SM_80 ? 56 : 57);
        }
        assertThat(plan().int8().nodes().stream().map(Node::op))
                .noneMatch(op -> op instanceof Op.Add || op instanceof Op.Activate);
        assertThat(compilation.kernels().stream().filter(kernel -> kernel.target() == Target.SM_80))
                .hasSizeBetween(20, 35);
        assertThat(new String(PlanText.write(plan()), StandardCharsets.UTF_8)).contains(", 0 layout transposes\n");
    }

    @Test
    void isCompiledToTheSameBytesEachTime() {
        ZooCompilation again = ZooCompilation.of(new ResNet50());
        assertThat(PlanText.write(again.compilation().plan())).isEqualTo(PlanText.write(plan()));
        assertThat(again.compilation().kernels())
                .isEqualTo(network.compilation().kernels());
    }
}
