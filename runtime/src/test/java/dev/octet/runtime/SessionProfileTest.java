package dev.octet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionProfileTest {
    private static final int BATCH = 2;
    private static final int PIXELS = 12 * 11;
    private static final Options CPU = Options.onDevice("cpu");

    @TempDir
    private Path folder;

    private SampleNetwork sample;
    private Path weights;
    private final byte[] images = new byte[BATCH * 3 * PIXELS];

    @BeforeEach
    void build() {
        new Random(7).nextBytes(images);
        weights = TensorFile.write(SmallDefinition.plan(BATCH).fp32(), 3, folder.resolve("small.safetensors"));
        sample = new SampleNetwork(SmallDefinition.plan(BATCH), folder)
                .writePlan()
                .writeWeights(weights);
        sample.writeTable(Calibrator.of(sample.spec(), weights).run(Stream.of(new byte[3 * PIXELS])));
    }

    /** Profiles and runs in turn, which must not disturb each other. */
    private SessionProfile profile(Options options, int n, int runs) {
        try (Network network = Network.open(sample.spec(), options);
                Session session = network.newSession()) {
            session.input("image").put(images);
            session.run(n);
            float[] expected = results(session, n);
            session.output("logits").put(new float[5 * BATCH]);
            SessionProfile profile = session.profile(n, runs);
            assertThat(results(session, n)).isEqualTo(expected);
            return profile;
        }
    }

    private static float[] results(Session session, int n) {
        float[] results = new float[5 * n];
        session.output("logits").get(results);
        return results;
    }

    @Test
    void tellsOfEveryStep() {
        SessionProfile profile = profile(CPU, 2, 5);
        List<Node> computed = sample.plan().int8().nodes().stream()
                .filter(node -> !(node.op() instanceof Op.Input) && !(node.op() instanceof Op.Output))
                .toList();
        assertThat(profile.steps())
                .extracting(SessionProfile.Step::value)
                .containsExactlyElementsOf(computed.stream().map(Node::name).toList());
        assertThat(profile.steps())
                .extracting(SessionProfile.Step::number)
                .first()
                .isEqualTo(1);
        assertThat(profile.steps()).allSatisfy(step -> {
            assertThat(step.micros()).isPositive();
            assertThat(step.bytes()).isPositive();
            assertThat(step.kernel()).isEmpty();
        });
        assertThat(profile.runMicros()).isPositive();
        assertThat(profile.target()).isEmpty();
        assertThat(profile.device()).isEqualTo("cpu");
    }

    @Test
    void countsMultiplicationsAndBytes() {
        SessionProfile.Step conv = profile(CPU, 2, 1).steps().stream()
                .filter(step -> step.layer().equals(Optional.of("conv2")))
                .findFirst()
                .orElseThrow();
        assertThat(conv.operator()).isEqualTo("Conv2d");
        assertThat(conv.macs()).isEqualTo(2L * PIXELS * 9 * 9 * 9);
        long activations = 3L * 16 * PIXELS;
        assertThat(conv.bytes())
                .as("operand, residual and result; weights once")
                .isEqualTo(2 * activations + 9 * (81 + 8));
    }

    @Test
    void profilesEveryKindOfNetwork() {
        Options floats = CPU.precision(Precision.FP32).weights(weights);
        assertThat(profile(floats, 1, 2).steps()).hasSizeGreaterThan(4);
        assertThat(profile(CPU.ranges(RangeSource.PER_BATCH), 2, 2).steps()).isNotEmpty();
        assertThat(profile(CPU.keepValues(true), 2, 2).steps()).isNotEmpty();
    }

    @Test
    void printsATable() {
        SessionProfile.Step one = new SessionProfile.Step(
                1, "bn1.relu", "conv2d", Optional.of("conv1"), Optional.of("conv_k"), 40, 8000, 4_000_000);
        SessionProfile.Step other =
                new SessionProfile.Step(2, "pool", "maxpool", Optional.empty(), Optional.of("pool_k"), 10, 500, 0);
        String text =
                new SessionProfile("a.B", "cuda:0", "a GPU", Optional.empty(), 4, 3, 80, List.of(one, other)).text();
        assertThat(text.lines())
                .containsExactly(
                        "a.B on cuda:0 (a GPU), batch 4, medians of 3 runs",
                        "step  value     operator          us   share        MB/s      GMAC/s  kernel",
                        "   1  bn1.relu  conv2d          40.0   80.0%       200.0       100.0  conv_k",
                        "   2  pool      maxpool         10.0   20.0%        50.0              pool_k",
                        "all steps 50.0 us; a whole run 80.0 us, 50000.0 images/s");
    }

    @Test
    void needsARunAndAnOpenSession() {
        try (Network network = Network.open(sample.spec(), CPU)) {
            Session session = network.newSession();
            assertThatThrownBy(() -> session.profile(1, 0)).hasMessageContaining("positive: 0");
            assertThatThrownBy(() -> session.profile(3, 1)).hasMessageContaining("OCTET-RUN-011");
            session.close();
            assertThatThrownBy(() -> session.profile(1, 1)).hasMessageContaining("OCTET-RUN-019");
        }
    }

    @Test
    void theMedianIsInTheMiddle() {
        assertThat(Profiler.median(new double[] {9, 1, 2})).isEqualTo(2);
        assertThat(Profiler.median(new double[] {9, 1, 2, 4})).isEqualTo(3);
        assertThat(Profiler.median(new double[] {9})).isEqualTo(9);
    }
}
