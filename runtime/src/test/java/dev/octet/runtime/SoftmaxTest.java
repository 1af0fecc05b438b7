package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.Softmax;
import dev.octet.plan.table.CalibrationTable;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The host makes softmax from what the device hands out, in every way to run a network. */
class SoftmaxTest {
    private static final int BATCH = 4;
    private static final int SIZE = 3 * 5 * 6;

    @TempDir
    Path folder;

    private Path weights;
    private SampleNetwork sample;

    private Network open(NetworkDefinition definition, Precision precision, Port... outputs) {
        Plan plan = SampleNetwork.compile(definition, BATCH, SampleNetwork.image(3, 5, 6), outputs);
        sample = new SampleNetwork(plan, folder).writePlan();
        weights = TensorFile.write(plan.fp32(), 3, folder.resolve("some.safetensors"));
        sample.writeWeights(weights).writeTable(calibrate());
        Options options = Options.onDevice("cpu").precision(precision).keepValues(true);
        return Network.open(sample.spec(), precision == Precision.FP32 ? options.weights(weights) : options);
    }

    private CalibrationTable calibrate() {
        return Calibrator.of(sample.spec(), weights).run(Stream.of(image(1), image(2)));
    }

    private static byte[] image(int seed) {
        byte[] image = new byte[SIZE];
        new Random(seed).nextBytes(image);
        return image;
    }

    private static Port port(String name, Shape shape) {
        return new Port(name, shape, Optional.empty());
    }

    private static float[] softmax(float[] logits, int channels) {
        float[] odds = logits.clone();
        Softmax.apply(odds, channels, logits.length / channels);
        return odds;
    }

    /** The logits are an output too, and the softmax is one of two. */
    @ParameterizedTest
    @EnumSource
    void anOutputIsTheSoftmaxOfItsOperand(Precision precision) {
        NetworkDefinition definition = net -> {
            Tensor logits = net.input("image").flatten().dense("fc", 7);
            Tensor odds = logits.softmax();
            net.output("odds", odds);
            net.output("logits", logits);
            net.output("again", odds);
        };
        Port[] ports = {port("odds", Shape.of(7)), port("logits", Shape.of(7)), port("again", Shape.of(7))};
        try (Network network = open(definition, precision, ports);
                Session session = network.newSession()) {
            session.input("image").put(image(3)).put(image(4)).put(image(5));
            session.run(3);
            FloatBuffer odds = session.output("odds");
            FloatBuffer logits = session.output("logits");
            Value value = session.value("fc.softmax");
            assertThat(session.value("odds").bytes()).isEqualTo(value.bytes());
            for (int i = 0; i < 3; i++) {
                float[] expected = new float[7];
                logits.get(i * 7, expected);
                expected = softmax(expected, 7);
                for (int c = 0; c < 7; c++) {
                    assertThat(odds.get(i * 7 + c)).isEqualTo(expected[c]).isBetween(0f, 1f);
                    assertThat(session.output("again").get(i * 7 + c)).isEqualTo(expected[c]);
                    assertThat(value.at(i, c, 0, 0)).isEqualTo(expected[c]);
                    assertThat(session.value("logits").at(i, c, 0, 0)).isEqualTo(logits.get(i * 7 + c));
                }
            }
        }
    }

    /** Softmax over the channels of each pixel, from a buffer's position on, and not beyond the images that run. */
    @ParameterizedTest
    @EnumSource
    void pixelsHaveASoftmaxEach(Precision precision) {
        NetworkDefinition definition = net -> net.output(
                "odds", net.input("image").conv2d("conv", 5, Kernel.kernel(1)).softmax());
        try (Network network = open(definition, precision, port("odds", Shape.of(5, 5, 6)));
                Session session = network.newSession()) {
            ByteBuffer images = ByteBuffer.allocateDirect(2 * SIZE)
                    .put(image(6))
                    .put(image(7))
                    .flip();
            FloatBuffer odds = FloatBuffer.allocate(1 + 3 * 150).position(1);
            network.runBatch(2, images, odds);
            assertThat(odds.position()).isEqualTo(1);
            assertThat(odds.get(0)).isZero();
            assertThat(odds.get(1 + 2 * 150)).isZero();
            assertThat(network.run(image(6))).containsExactly(java.util.Arrays.copyOfRange(odds.array(), 1, 151));
            session.input("image").put(image(7));
            session.run(1);
            for (int pixel = 0; pixel < 30; pixel++) {
                float sum = 0;
                for (int c = 0; c < 5; c++) {
                    float found = odds.get(1 + 150 + c * 30 + pixel);
                    assertThat(session.value("conv.softmax").at(0, c, pixel / 6, pixel % 6))
                            .isEqualTo(found);
                    sum += found;
                }
                assertThat(sum).isBetween(0.9999f, 1.0001f);
            }
        }
    }

    @Test
    void aSoftmaxHasNoRange() {
        NetworkDefinition definition = net ->
                net.output("odds", net.input("image").flatten().dense("fc", 7).softmax());
        open(definition, Precision.INT8, port("odds", Shape.of(7))).close();
        assertThat(calibrate().amax().keySet()).containsExactlyInAnyOrder("image", "fc");
    }
}
