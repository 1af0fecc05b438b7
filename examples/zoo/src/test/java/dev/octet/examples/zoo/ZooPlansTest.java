package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.text.PlanText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether every network is compiled to integer kernels alone; prints what each asks of a device. */
class ZooPlansTest {
    private static final Pattern TRANSPOSES = Pattern.compile("# \\d+ kernels, (\\d+) layout transposes");

    @BeforeAll
    static void printHeads() {
        System.out.printf(
                "%-28s %-6s %15s %12s %12s %14s %24s%n",
                "network", "target", "kernels/launches", "MMAC", "padded MMAC", "weights KiB", "arena/values KiB");
    }

    @ParameterizedTest
    @EnumSource
    void isCompiledToIntegerKernelsWithoutTransposes(Zoo network) {
        Plan plan = ZooCompilation.of(network.definition()).compilation().plan();
        for (LaunchProgram program : plan.programs()) {
            PlanCosts costs = PlanCosts.of(plan, program);
            print(network, program, costs);
            assertThat(costs.arenaBytes()).isLessThan(costs.valueBytes());
            assertThat(costs.paddedProducts()).isGreaterThanOrEqualTo(costs.products());
        }
        String text = new String(PlanText.write(plan), StandardCharsets.UTF_8);
        assertThat(TRANSPOSES.matcher(text).results().map(found -> found.group(1)))
                .hasSize(plan.programs().size())
                .containsOnly("0");
        assertThat(plan.int8().nodes().stream().filter(node -> readsFloats(plan.int8(), node)))
                .allMatch(node -> node.op() instanceof Op.Output);
    }

    private static void print(Zoo network, LaunchProgram program, PlanCosts costs) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %-6s %7d/%8d %,12.1f %,12.1f %,14d %,11d/%,12d%n",
                network,
                program.target().text(),
                costs.kernels(),
                costs.launches(),
                costs.products() / 1e6,
                costs.paddedProducts() / 1e6,
                costs.weightBytes() >> 10,
                costs.arenaBytes() >> 10,
                costs.valueBytes() >> 10);
    }

    private static boolean readsFloats(Graph graph, Node node) {
        return node.inputs().stream()
                .anyMatch(operand -> graph.node(operand).type().element() == ElementType.F32);
    }
}
