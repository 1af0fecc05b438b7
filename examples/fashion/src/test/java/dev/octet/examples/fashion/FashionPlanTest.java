package dev.octet.examples.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Step;
import dev.octet.plan.text.PlanText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FashionPlanTest {
    private static String text;
    private static Plan plan;

    @BeforeAll
    static void read() throws IOException {
        String path = ResourcePaths.plan(Fashion.class.getName());
        try (InputStream in = Fashion.class.getClassLoader().getResourceAsStream(path)) {
            byte[] bytes = in.readAllBytes();
            text = new String(bytes, StandardCharsets.UTF_8);
            plan = PlanText.read(bytes, path);
        }
    }

    @Test
    void transposesNothing() {
        assertThat(text).endsWith("\n# 12 kernels, 0 layout transposes\n");
    }

    /** One kernel makes bytes of the image, one the logits in float; everything between reads and writes bytes. */
    @Test
    void computesOnBytesBetweenImageAndLogits() {
        Map<Integer, Node> nodes = plan.int8().byId();
        List<Region> regions = program().steps().stream().map(Step::region).toList();
        Region last = regions.get(regions.size() - 1);

        assertThat(nodes.get(regions.get(0).ops().get(0)).op()).isInstanceOf(Op.Quantize.class);
        assertThat(nodes.get(last.ops().get(0)).op()).isInstanceOf(Op.Dense.class);
        assertThat(nodes.get(last.outputs().get(0)).type().element()).isEqualTo(ElementType.F32);
        for (Region region : regions) {
            assertThat(region.inputs()).allMatch(value -> isInteger(nodes.get(value)));
            if (region != last) {
                assertThat(region.outputs()).allMatch(value -> isInteger(nodes.get(value)));
            }
        }
    }

    /** Eight weighted layers and two shortcuts; additions and activations need no kernels of their own. */
    @Test
    void fusesAdditionsAndActivations() {
        List<Op> ops = program().steps().stream()
                .flatMap(step -> step.region().ops().stream())
                .map(value -> plan.int8().node(value).op())
                .toList();

        assertThat(ops)
                .filteredOn(op -> op instanceof Op.Conv2d || op instanceof Op.Dense)
                .hasSize(10);
        assertThat(ops).noneMatch(op -> op instanceof Op.Add || op instanceof Op.Activate);
        assertThat(ops).hasSize(12);
    }

    private static LaunchProgram program() {
        assertThat(plan.programs())
                .extracting(LaunchProgram::target)
                .containsExactly(Target.SM_61, Target.SM_75, Target.SM_80, Target.SM_90A);
        return plan.programs().get(0);
    }

    private static boolean isInteger(Node node) {
        return node.type().element().isInteger();
    }
}
