package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From definition to INT8 logits on the CPU, and whether the values are such that comparing them says something. */
class RandomNetworkTest {
    private static final int IMAGES = 2;

    @Test
    void runsOnTheCpuWithValuesThatDiffer(@TempDir Path folder) throws IOException {
        RandomNetwork network = new RandomNetwork(new ResNet50(), folder);
        ZooBuild build = network.build(Target.SM_80, RandomNetwork.MAX_BATCH);
        Options options = Options.onDevice("cpu").maxBatch(IMAGES).keepValues(true);
        try (Network opened = Network.open(build.spec(), options);
                Session session = opened.newSession()) {
            session.input("image").put(network.images(IMAGES));
            session.run(IMAGES);
            for (Node node : build.plan().int8().nodes()) {
                if (node.type().element().isInteger() && !(node.op() instanceof Op.Output)) {
                    assertThat(Distinct.of(session.value(node.name())))
                            .as(node.name())
                            .isGreaterThanOrEqualTo(32);
                }
            }
            float[] logits = new float[IMAGES * 1000];
            FloatBuffer results = session.output("logits");
            results.get(logits);
            assertThat(Arrays.copyOf(logits, 1000)).isNotEqualTo(Arrays.copyOfRange(logits, 1000, 2000));
        }
    }
}
