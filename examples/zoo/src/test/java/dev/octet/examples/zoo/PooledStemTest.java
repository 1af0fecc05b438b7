package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.plan.text.PlanText;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network whose first kernel convolves and pools, and whose last multiplies matrices: from images to logits. */
class PooledStemTest {
    private static final int IMAGES = 2;

    @TempDir
    static Path folder;

    /** The step of several operators. */
    private static Step fused(LaunchProgram program) {
        List<Step> steps = program.steps().stream()
                .filter(step -> step.region().ops().size() > 1)
                .toList();
        assertThat(steps).hasSize(1);
        return steps.get(0);
    }

    private static Buffers run(RandomNetwork network, ZooBuild build, Session session) {
        session.input("image").put(network.images(IMAGES));
        return Buffers.of(build, session, IMAGES);
    }

    @Test
    void tensorCoresConvolveAndPoolInOneStep() {
        for (Target target : Target.values()) {
            LaunchProgram program = program(target);
            if (target == Target.SM_80 || target == Target.SM_90A) {
                Step step = fused(program);
                assertThat(step.kernel().name()).startsWith("pooled_s8_u8_61x61x3of4_");
                int inside = step.region().ops().get(0);
                assertThat(program.buffers()).noneMatch(buffer -> buffer.value() == inside);
                assertThat(program.steps()
                                .get(program.steps().size() - 1)
                                .kernel()
                                .name())
                        .matches("dense_.*_t[0-9]+x[0-9]+x(64|128)_.*");
            } else {
                assertThat(program.steps())
                        .allSatisfy(step -> assertThat(step.region().ops()).hasSize(1));
            }
        }
    }

    private static LaunchProgram program(Target target) {
        ZooCompilation compiled = ZooCompilation.of(new PooledStem(), List.of(target), 128, name -> false);
        byte[] text = PlanText.write(compiled.compilation().plan());
        assertThat(PlanText.write(PlanText.read(text, "plan"))).isEqualTo(text);
        return PlanText.read(text, "plan").programs().get(0);
    }

    @Test
    void everyBufferIsTheCpusAndTheConvolutionsHasNone() throws IOException {
        RandomNetwork network = new RandomNetwork(new PooledStem(), folder);
        ZooBuild build = network.build(Target.SM_80, 128);
        assumeTrue(build.compileKernels().missing() == 0, "kernels in the simulator need a compiler of CUDA");
        Node inside = build.plan()
                .int8()
                .node(fused(build.plan().programs().get(0)).region().ops().get(0));
        assertThat(inside.op()).isInstanceOf(Op.Conv2d.class);
        Options options = Options.onDevice("simulated:sm_80").maxBatch(IMAGES).keepValues(true);
        try (Network simulated = Network.open(build.spec(), options);
                Network cpu = Network.open(
                        build.spec(), Options.onDevice("cpu").maxBatch(IMAGES).keepValues(true));
                Session found = simulated.newSession();
                Session expected = cpu.newSession()) {
            run(network, build, found).requireEqual(run(network, build, expected));
            assertThat(expected.value(inside.name()).bytes()).isNotEmpty();
            assertThatExceptionOfType(OctetException.class)
                    .isThrownBy(() -> found.value(inside.name()))
                    .withMessageContaining("OCTET-CUDA-016")
                    .withMessageContaining("keeps it inside");
        }
    }
}
