package dev.octet.examples.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.runtime.Options;
import dev.octet.runtime.Session;
import dev.octet.tools.ImageSet;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The GPU gives the CPU's bits, on a trained network and real images. */
@Tag("gpu")
class FashionOnGpuTest {
    private static final String GPU = "cuda:0";
    private static final int IMAGES = 8;

    @Test
    void everyValueIsTheCpus() {
        ImageSet images = Fixtures.data().test();
        try (FashionNetwork gpu = FashionNetwork.open(Options.onDevice(GPU).keepValues(true));
                FashionNetwork cpu = FashionNetwork.open(Options.onDevice("cpu").keepValues(true));
                Session found = gpu.network().newSession();
                Session expected = cpu.network().newSession()) {
            found.input("image").put(images.slice(0, IMAGES));
            expected.input("image").put(images.slice(0, IMAGES));
            found.run(IMAGES);
            expected.run(IMAGES);

            int compared = 0;
            for (Node node : gpu.network().plan().int8().nodes()) {
                if (!(node.op() instanceof Op.Output)) {
                    assertThat(found.value(node.name()).bytes())
                            .as(node.name())
                            .isEqualTo(expected.value(node.name()).bytes());
                    compared++;
                }
            }
            assertThat(compared).isEqualTo(13);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 37, 128})
    void logitsAreTheCpusForAllShippedImages(int batch) {
        assertThat(logits(GPU, batch)).containsExactly(logits("cpu", 100));
    }

    private static float[] logits(String device, int batch) {
        ImageSet images = Fixtures.data().test();
        float[] logits = new float[images.size() * FashionNetwork.OUTPUT_SIZE];
        FloatBuffer results = FloatBuffer.wrap(logits);
        try (FashionNetwork network = FashionNetwork.open(Options.onDevice(device))) {
            for (int from = 0; from < images.size(); from += batch) {
                int to = Math.min(from + batch, images.size());
                ByteBuffer in = images.slice(from, to);
                network.runBatch(to - from, in, results.position(from * FashionNetwork.OUTPUT_SIZE));
            }
        }
        return logits;
    }
}
