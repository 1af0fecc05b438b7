package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.runtime.Calibrator.Example;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A network of three inputs and two outputs: the kernels that are shipped give the CPU's bits. Needs nvcc. */
class SeveralPortsTest {
    private static final int[] BATCHES = {3, 2};
    private static final Random RANDOM = new Random(2018);
    private static ZooBuild build;
    private static boolean hasKernels;

    @BeforeAll
    static void build(@TempDir Path folder) throws IOException {
        ZooCompilation compilation = ZooCompilation.of(new SeveralPorts());
        Path safetensors = folder.resolve("several.safetensors");
        WeightsOutput.write(RandomWeights.of(compilation, 5), safetensors);
        build = new ZooBuild(folder.resolve("classes"), compilation);
        build.quantizeWeights(safetensors);
        build.add(build.calibrateExamples(
                safetensors, IntStream.range(0, 8).mapToObj(i -> new Example(inputs(1, false)))));
        hasKernels = build.compileKernels().missing() == 0;
    }

    /** Images, and floats of about one; some are no numbers, or infinite, if they may be. */
    private static List<Buffer> inputs(int n, boolean special) {
        byte[] photo = new byte[n * SeveralPorts.PHOTO];
        RANDOM.nextBytes(photo);
        return List.of(
                floats(n * SeveralPorts.META, special),
                ByteBuffer.wrap(photo),
                floats(n * SeveralPorts.DEPTH, special));
    }

    private static FloatBuffer floats(int count, boolean special) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = switch (special ? RANDOM.nextInt(20) : 3) {
                case 0 -> Float.NaN;
                case 1 -> Float.POSITIVE_INFINITY;
                case 2 -> Float.NEGATIVE_INFINITY;
                default -> (float) RANDOM.nextGaussian();
            };
        }
        return FloatBuffer.wrap(floats);
    }

    private static void put(Session session, List<Buffer> inputs) {
        session.floatInput("meta").put(((FloatBuffer) inputs.get(0)).duplicate());
        session.input("photo").put(((ByteBuffer) inputs.get(1)).duplicate());
        session.floatInput("depth").put(((FloatBuffer) inputs.get(2)).duplicate());
    }

    private static List<FloatBuffer> outputs(int n) {
        return List.of(FloatBuffer.allocate(n * 10), FloatBuffer.allocate(n * 4 * 8 * 8));
    }

    @ParameterizedTest
    @EnumSource
    void everyValueIsTheCpus(Target target) throws IOException {
        assumeTrue(hasKernels, "kernels in the simulator need a compiler of CUDA");
        Options simulated = Options.onDevice("simulated:" + target.text());
        try (Network cpu = Network.open(build.spec(), Options.onDevice("cpu").keepValues(true));
                Network kept = Network.open(build.spec(), simulated.keepValues(true));
                Network shared = Network.open(build.spec(), simulated);
                Session expected = cpu.newSession();
                Session found = kept.newSession()) {
            for (int n : BATCHES) {
                List<Buffer> inputs = inputs(n, true);
                put(expected, inputs);
                put(found, inputs);
                expected.run(n);
                found.run(n);
                int compared = 0;
                for (Node node : build.plan().int8().nodes()) {
                    if (!(node.op() instanceof Op.Output) && Buffers.isInMemory(build.plan(), node)) {
                        assertThat(found.value(node.name()).bytes())
                                .as(node.name())
                                .isEqualTo(expected.value(node.name()).bytes());
                        compared++;
                    }
                }
                assertThat(compared).isGreaterThan(12);
                List<FloatBuffer> onCpu = outputs(n);
                List<FloatBuffer> inArena = outputs(n);
                cpu.runBatch(n, inputs, onCpu);
                shared.runBatch(n, inputs, inArena);
                assertThat(inArena).as("in memory that values share").isEqualTo(onCpu);
                assertThat(onCpu.get(0).get(0)).isNotEqualTo(onCpu.get(0).get(10));
            }
        }
    }
}
