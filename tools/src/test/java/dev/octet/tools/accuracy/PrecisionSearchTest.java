package dev.octet.tools.accuracy;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.plan.Plan;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.weights.Safetensors;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.tools.Images;
import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain of layers, of which two share a tensor with a channel so large that the others have no steps left. */
class PrecisionSearchTest {
    private static final long SEED = 20260728;
    private static final int CHANNELS = 4;
    private static final float OUTLIER = 4096;

    private final NetworkDefinition network = net -> net.output(
            "scores",
            net.input("image")
                    .conv2d("first", CHANNELS, kernel(3).pad(1).bias())
                    .relu()
                    .conv2d("second", CHANNELS, kernel(3).pad(1).bias())
                    .relu()
                    .maxPool(kernel(2).stride(2))
                    .conv2d("third", CHANNELS, kernel(3).pad(1).bias())
                    .relu()
                    .globalAvgPool()
                    .dense("fc", CHANNELS));

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private Definition definition;
    private BuiltParts parts;
    private Images images;

    @BeforeEach
    void build() throws IOException {
        SampleModule module = SampleModule.of(folder, network, Shape.of(1, 8, 8), Map.of("scores", Shape.of(CHANNELS)));
        writeWeights(module);
        Plan plan = module.network().plan();
        byte[][] noise = IntStream.range(0, 20).mapToObj(i -> noise()).toArray(byte[][]::new);
        images = new Images() {
            @Override
            public int size() {
                return noise.length;
            }

            @Override
            public byte[] get(int i) {
                return noise[i];
            }
        };
        var table = Calibrator.of(module.network().spec(), module.weights())
                .mode(RangeRule.naive())
                .run(List.of(noise).stream());
        parts = new BuiltParts(Safetensors.open(module.weights()), table, Optional.empty());
        definition = Definition.of(plan, network);
    }

    private byte[] noise() {
        byte[] image = new byte[64];
        random.nextBytes(image);
        return image;
    }

    /** Channel 0 of {@code second} is large, and {@code third} makes up for it. */
    private void writeWeights(SampleModule module) throws IOException {
        StringBuilder header = new StringBuilder("{");
        List<Float> data = new ArrayList<>();
        add(header, data, "first", "[4,1,3,3]", 36, 9);
        add(header, data, "second", "[4,4,3,3]", 144, 36);
        int second = 36 + CHANNELS;
        for (int i = second; i < second + 36; i++) {
            data.set(i, data.get(i) * OUTLIER);
        }
        data.set(second + 144, data.get(second + 144) * OUTLIER);
        int third = data.size();
        add(header, data, "third", "[4,4,3,3]", 144, 36);
        for (int out = 0; out < CHANNELS; out++) {
            for (int tap = 0; tap < 9; tap++) {
                int i = third + out * 36 + tap;
                data.set(i, data.get(i) / OUTLIER);
            }
        }
        add(header, data, "fc", "[4,4]", 16, 4);
        float[] floats = new float[data.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = data.get(i);
        }
        module.writeWeights(header + "}", floats);
    }

    private void add(StringBuilder header, List<Float> data, String layer, String shape, int weights, int row) {
        header.append(header.length() > 1 ? "," : "");
        int begin = 4 * data.size();
        int middle = begin + 4 * weights;
        header.append("\"" + layer + ".weight\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[" + begin
                + "," + middle + "]},");
        header.append("\"" + layer + ".bias\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[" + middle + ","
                + (middle + 16) + "]}");
        for (int i = 0; i < weights; i++) {
            data.add((float) (random.nextGaussian() / Math.sqrt(row)));
        }
        for (int i = 0; i < CHANNELS; i++) {
            data.add(random.nextFloat());
        }
    }

    private PrecisionSearch search(Bound bound, int evaluations) {
        return new PrecisionSearch(definition, parts, bound, evaluations, 20, 2);
    }

    @Test
    void namesTheLayersThatShareTheTensorAndNoOthers() {
        PrecisionSearch search = search(new Bound(Bound.Kind.SNR, 25), 50);
        List<String> told = new ArrayList<>();
        PrecisionSearch.Result result = search.run(images, Optional.empty(), told::add);

        assertThat(result.before()).as("seed %d", SEED).isLessThan(15);
        assertThat(result.ranking().orElseThrow().layers().get(0).layer()).isEqualTo("second");
        assertThat(result.layers()).containsExactlyInAnyOrder("second", "third");
        assertThat(result.after()).isGreaterThanOrEqualTo(25);
        assertThat(result.evaluations()).isLessThanOrEqualTo(50);
        assertThat(told).isNotEmpty();
        // The pooling between them stays in FP32 too, or it would round the tensor.
        assertThat(result.fp32()).contains("second.relu.maxPool");
        assertThat(search.table(result, Set.of("fc")).fp32()).contains("fc").containsAll(result.fp32());
        assertThat(result.ranking().orElseThrow().csv()).startsWith("rank,layer,value,line,snr_db\n1,second,");
    }

    @Test
    void equalisingRepairsTheTensor() {
        WeightCorrection.Result repaired = new WeightCorrection(true, BiasMeans.NONE, 2)
                .run(definition.plan(), parts.tensors(), parts.table(), images, done -> {});
        assertThat(repaired.corrections().exponents()).containsKey("second");

        BuiltParts corrected = new BuiltParts(parts.tensors(), repaired.table(), Optional.of(repaired.corrections()));
        PrecisionSearch.Result result = new PrecisionSearch(
                        definition, corrected, new Bound(Bound.Kind.SNR, 25), 50, 20, 2)
                .run(images, Optional.empty(), line -> {});
        assertThat(result.layers()).as("seed %d", SEED).isEmpty();
    }

    @Test
    void staysWithinItsEvaluations() {
        assertThatThrownBy(() -> search(new Bound(Bound.Kind.SNR, 25), 3).run(images, Optional.empty(), line -> {}))
                .hasMessageContaining("OCTET-BUILD-045")
                .hasMessageContaining("4 layers");
        assertThatThrownBy(() -> search(new Bound(Bound.Kind.SNR, 150), 9).run(images, Optional.empty(), line -> {}))
                .hasMessageContaining("OCTET-BUILD-044");
    }

    @Test
    void givesTheSameReportOnAnyNumberOfThreads() {
        LayerReport one = new LayerComparison(definition.plan(), definition.lines(), 1).run(parts, images, done -> {});
        LayerReport three =
                new LayerComparison(definition.plan(), definition.lines(), 3).run(parts, images, done -> {});
        assertThat(three).isEqualTo(one);
        assertThat(one.rows()).extracting(LayerReport.Row::value).contains("first.relu", "third.relu", "fc");
        assertThat(one.rows()).allMatch(row -> row.line().isPresent());
    }
}
