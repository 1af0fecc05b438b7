package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Statistic;
import dev.octet.plan.text.PlanText;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All networks have float programs, which hold every value that a calibration measures. */
class ZooFloatProgramsTest {
    @ParameterizedTest
    @EnumSource
    void holdEveryValue(Zoo network) {
        List<Target> targets = List.of(Target.values());
        ZooCompilation compiled = ZooCompilation.withFloats(network.definition(), targets, 8);
        Plan plan = compiled.compilation().plan();
        Plan floats = compiled.compilation().floats().orElseThrow();

        assertThat(floats.fp32()).isEqualTo(plan.fp32());
        // No node of either graph keeps its line in a plan.
        assertThat(PlanText.write(PlanText.read(PlanText.write(floats), "floats")))
                .isEqualTo(PlanText.write(floats));
        assertThat(floats.programs()).hasSameSizeAs(targets);
        for (LaunchProgram program : floats.programs()) {
            assertThat(program.statistics()).extracting(Statistic::kind).containsExactly(Statistic.Kind.values());
            for (Node value : plan.fp32().nodes()) {
                Node held = floats.int8().node(value.id());
                assertThat(held.name()).isEqualTo(value.name());
                if (!value.isHosts() && !(value.op() instanceof Op.Input)) {
                    assertThat(held.isLogicalOrder()).as(value.name()).isFalse();
                    assertThat(program.buffer(value.id()).bytesPerImage() % 16).isZero();
                }
            }
        }
        assertThat(plan.programs())
                .allSatisfy(program -> assertThat(program.statistics()).isEmpty());
    }
}
