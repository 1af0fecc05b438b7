package dev.octet.compiler.interp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.compiler.DumpSink;
import dev.octet.compiler.Networks;
import dev.octet.compiler.OctetCompiler;
import dev.octet.compiler.pass.ImportTrace;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.plan.weights.WeightQuantizer;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A trained network on real images: the graph's stages agree, and classify. */
class FashionOracleTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data");
    private static final Path WEIGHTS = DATA.resolve("models/fashionmnist-resnet8s.safetensors");
    private static final Path IMAGES = DATA.resolve("fashion-mnist/t10k-images-idx3-ubyte.gz");
    private static final Path LABELS = DATA.resolve("fashion-mnist/t10k-labels-idx1-ubyte.gz");
    private static final Shape SHAPE = Shape.of(1, 28, 28);
    private static final int CALIBRATED = 16;
    private static final int EVALUATED = 100;

    private static Plan plan;
    private static Safetensors weights;
    private static byte[][] images;
    private static byte[] labels;

    @BeforeAll
    static void read() throws IOException {
        for (Path file : new Path[] {WEIGHTS, IMAGES, LABELS}) {
            assumeTrue(Files.exists(file), "needs " + file);
        }
        plan = OctetCompiler.compile(Networks.fashion(), ScheduledKernel::name, DumpSink.NONE)
                .plan();
        weights = Safetensors.open(WEIGHTS);
        images = new byte[CALIBRATED + EVALUATED][SHAPE.elements()];
        labels = new byte[images.length];
        try (DataInputStream in = open(IMAGES);
                DataInputStream classes = open(LABELS)) {
            in.skipNBytes(16);
            classes.skipNBytes(8);
            for (byte[] image : images) {
                in.readFully(image);
            }
            classes.readFully(labels);
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new GZIPInputStream(Files.newInputStream(file)));
    }

    private static FloatTensor normalized(byte[] image) {
        ImageFormat format = plan.inputs().get(0).image().orElseThrow();
        float[] values = new float[image.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = format.value(0, Byte.toUnsignedInt(image[i]));
        }
        return new FloatTensor(SHAPE, values);
    }

    private static float[] logits(Map<String, Tensor> values) {
        return ((FloatTensor) values.get("logits")).values();
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    /** Folding rounds each weight once more, so logits agree to a few units in the last places, not to the bit. */
    @Test
    void foldingKeepsTheNetwork() {
        Graph traced = ImportTrace.run(Networks.fashion().trace());
        Interpreter separate = Interpreter.ofFloat(traced, new FashionWeights(weights));
        Interpreter folded = Interpreter.ofFloat(plan.fp32(), FashionWeights.folded(plan.fp32(), weights));
        for (int i = 0; i < 3; i++) {
            Map<String, Tensor> image = Map.of("image", normalized(images[i]));
            float[] expected = logits(separate.run(image));
            float[] found = logits(folded.run(image));
            for (int c = 0; c < expected.length; c++) {
                assertThat(found[c]).as("image %d, class %d", i, c).isCloseTo(expected[c], within(1e-3f));
            }
        }
    }

    @Test
    void integersClassifyLikeFloats() {
        Interpreter floats = Interpreter.ofFloat(plan.fp32(), FashionWeights.folded(plan.fp32(), weights));
        Interpreter integers = calibrated(floats);
        int agreed = 0;
        int right = 0;
        for (int i = CALIBRATED; i < images.length; i++) {
            int expected = best(logits(floats.run(Map.of("image", normalized(images[i])))));
            int found = best(logits(integers.run(Map.of("image", ByteTensor.ofImage(SHAPE, images[i])))));
            agreed += expected == found ? 1 : 0;
            right += found == labels[i] ? 1 : 0;
        }
        assertThat(agreed).as("classes equal of %d", EVALUATED).isGreaterThanOrEqualTo(EVALUATED - 4);
        assertThat(right).as("right of %d", EVALUATED).isGreaterThanOrEqualTo(EVALUATED * 85 / 100);
    }

    private static Interpreter calibrated(Interpreter floats) {
        SortedMap<String, Float> amax = new TreeMap<>();
        for (int i = 0; i < CALIBRATED; i++) {
            floats.run(Map.of("image", normalized(images[i])))
                    .forEach((name, value) -> amax.merge(name, amax((FloatTensor) value), Math::max));
        }
        SortedMap<String, QuantizedLayer> layers =
                WeightQuantizer.quantize(plan, WeightFolder.fold(plan.fp32(), weights));
        NodeConstants constants = NodeConstants.of(plan, amax::get, layers::get);
        return Interpreter.ofQuantized(plan.int8(), constants, layers::get);
    }

    private static float amax(FloatTensor tensor) {
        float amax = 0;
        for (float value : tensor.values()) {
            amax = Math.max(amax, Math.abs(value));
        }
        return amax;
    }

    @Test
    void everyIntegerStaysInTheRangeOfItsType() {
        Interpreter integers =
                calibrated(Interpreter.ofFloat(plan.fp32(), FashionWeights.folded(plan.fp32(), weights)));
        Map<String, Tensor> values = integers.run(Map.of("image", ByteTensor.ofImage(SHAPE, images[0])));
        plan.int8().nodes().stream()
                .filter(node -> node.type().element() != ElementType.F32)
                .forEach(node -> {
                    int[] found = ((ByteTensor) values.get(node.name())).values();
                    ElementType element = node.type().element();
                    assertThat(Arrays.stream(found).min().orElseThrow())
                            .as(node.name())
                            .isGreaterThanOrEqualTo(element.min());
                    assertThat(Arrays.stream(found).max().orElseThrow())
                            .as(node.name())
                            .isLessThanOrEqualTo(element.max());
                });
    }
}
