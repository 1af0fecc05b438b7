package dev.octet.examples.fashion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import dev.octet.tools.ImageSet;
import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The PTX that is shipped gives the CPU's bits in the simulator, through the CUDA device's own code. Needs PTX. */
class FashionSimulatedTest {
    private static final int IMAGES = 8;

    /** A full batch, then fewer images in the same memory. */
    private static final int[] BATCHES = {5, 3};

    private static String device(Target target) {
        return "simulated:" + target.text();
    }

    private static void requirePtx(Plan plan, Target target) {
        assumeTrue(
                plan.programs().stream().anyMatch(program -> program.target() == target),
                () -> "the example has no kernels for " + target.text());
        ClassLoader loader = Fashion.class.getClassLoader();
        for (LaunchProgram program : plan.programs()) {
            for (Step step : program.steps()) {
                String path =
                        ResourcePaths.kernel(program.target(), step.kernel().hash(), "ptx");
                assumeTrue(
                        program.target() != target || loader.getResource(path) != null,
                        () -> "the build made no " + path + ": it needs nvcc, or the profile nvrtc");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyValueIsTheCpus(Target target) {
        ImageSet images = Fixtures.data().test();
        try (FashionNetwork cpu = FashionNetwork.open(Options.onDevice("cpu").keepValues(true))) {
            requirePtx(cpu.network().plan(), target);
            Options options =
                    Options.onDevice(device(target)).maxBatch(BATCHES[0]).keepValues(true);
            try (FashionNetwork simulated = FashionNetwork.open(options);
                    Session found = simulated.network().newSession();
                    Session expected = cpu.network().newSession()) {
                int from = 0;
                for (int batch : BATCHES) {
                    found.input("image").put(images.slice(from, from + batch));
                    expected.input("image").put(images.slice(from, from + batch));
                    found.run(batch);
                    expected.run(batch);
                    assertThat(compare(cpu.network().plan(), found, expected)).isEqualTo(13);
                    from += batch;
                }
                assertThat(from).isEqualTo(IMAGES);
            }
        }
    }

    /** Returns the number of values. */
    private static int compare(Plan plan, Session found, Session expected) {
        int compared = 0;
        for (Node node : plan.int8().nodes()) {
            if (!(node.op() instanceof Op.Output)) {
                assertThat(found.value(node.name()).bytes())
                        .as(node.name())
                        .isEqualTo(expected.value(node.name()).bytes());
                compared++;
            }
        }
        return compared;
    }

    /** In the memory that the plan shares out, by recorded launches: the second run with 3 images repeats the first. */
    @ParameterizedTest
    @EnumSource
    void logitsAreTheCpusInSharedMemory(Target target) {
        ImageSet images = Fixtures.data().test();
        int[] batches = {3, 3, 2};
        float[] expected = new float[IMAGES * FashionNetwork.OUTPUT_SIZE];
        float[] found = new float[expected.length];
        try (FashionNetwork cpu = FashionNetwork.open(Options.onDevice("cpu"))) {
            requirePtx(cpu.network().plan(), target);
            cpu.runBatch(IMAGES, images.slice(0, IMAGES), FloatBuffer.wrap(expected));
        }
        Options options = Options.onDevice(device(target)).maxBatch(batches[0]);
        try (FashionNetwork simulated = FashionNetwork.open(options)) {
            assertThat(simulated.network().description()).startsWith(target.text() + " kernels on simulated");
            FloatBuffer results = FloatBuffer.wrap(found);
            int from = 0;
            for (int batch : batches) {
                results.position(from * FashionNetwork.OUTPUT_SIZE);
                simulated.runBatch(batch, images.slice(from, from + batch), results);
                from += batch;
            }
        }
        assertThat(found).containsExactly(expected);
    }
}
