package dev.octet.plan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.octet.plan.graph.Graph;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.text.GraphText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trained weights through the reader and the folder, against a few lines that know nothing of either. */
class TrainedWeightsTest {
    private static final Path FILE =
            Path.of("..", "..", "shared", "data", "models", "fashionmnist-resnet8s.safetensors");

    /** The way from the image to the logits that leaves out every residual branch. */
    private static final Graph GRAPH = GraphText.parse("""
            graph folded
            %0 image : f32[1,28,28] = input()
            %1 a : f32[16,28,28] = conv2d(%0) layer=conv1 weight=scaled(tensor(conv1.weight,[16,1,3,3]),\
            norm(bn1,16,0.00001)) bias=shifted(none,norm(bn1,16,0.00001)) window=3x3 stride=1x1 pad=1,1,1,1 \
            activation=none residual=false
            %2 b : f32[16,28,28] = conv2d(%1) layer=b1.conv1 weight=scaled(tensor(b1.conv1.weight,[16,16,3,3]),\
            norm(b1.bn1,16,0.00001)) bias=shifted(none,norm(b1.bn1,16,0.00001)) window=3x3 stride=1x1 pad=1,1,1,1 \
            activation=none residual=false
            %3 c : f32[32,14,14] = conv2d(%2) layer=b2.down.0 weight=scaled(tensor(b2.down.0.weight,[32,16,1,1]),\
            norm(b2.down.1,32,0.00001)) bias=shifted(none,norm(b2.down.1,32,0.00001)) window=1x1 stride=2x2 \
            pad=0,0,0,0 activation=none residual=false
            %4 d : f32[64,7,7] = conv2d(%3) layer=b3.down.0 weight=scaled(tensor(b3.down.0.weight,[64,32,1,1]),\
            norm(b3.down.1,64,0.00001)) bias=shifted(none,norm(b3.down.1,64,0.00001)) window=1x1 stride=2x2 \
            pad=0,0,0,0 activation=none residual=false
            %5 e : f32[64,1,1] = avgpool(%4)
            %6 f : f32[10] = dense(%5) layer=fc weight=tensor(fc.weight,[10,64]) bias=tensor(fc.bias,[10]) \
            activation=none residual=false
            %7 logits : f32[10] = output(%6)
            end
            """);

    private static ByteBuffer bytes;
    private static String header;
    private static SortedMap<String, FoldedLayer> layers;

    @BeforeAll
    static void read() throws IOException {
        assumeThat(FILE)
                .as("%s is not here, so nothing is checked with trained weights", FILE)
                .exists();
        bytes = ByteBuffer.wrap(Files.readAllBytes(FILE)).order(ByteOrder.LITTLE_ENDIAN);
        header = new String(bytes.array(), 8, (int) bytes.getLong(0), StandardCharsets.UTF_8);
        layers = WeightFolder.fold(GRAPH, Safetensors.open(FILE));
    }

    /** Element of a tensor, found with a regular expression. */
    private static double element(String key, int index) {
        Matcher entry = Pattern.compile('"' + Pattern.quote(key) + "\":.*?\"data_offsets\": ?\\[(\\d+)")
                .matcher(header);
        assertThat(entry.find()).as(key).isTrue();
        return bytes.getFloat(8 + header.length() + Integer.parseInt(entry.group(1)) + 4 * index);
    }

    @Test
    void foldsEveryLayer() {
        assertThat(layers.keySet()).containsExactly("b1.conv1", "b2.down.0", "b3.down.0", "conv1", "fc");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void everyChannelOfAConvolution(int channel) {
        double deviation = Math.sqrt(element("b1.bn1.running_var", channel) + 1e-5f);
        double factor = element("b1.bn1.weight", channel) / deviation;
        double bias = -element("b1.bn1.running_mean", channel) * element("b1.bn1.weight", channel) / deviation
                + element("b1.bn1.bias", channel);
        FoldedLayer layer = layers.get("b1.conv1");
        double max = 0;
        for (int in = 0; in < 16; in++) {
            for (int tap = 0; tap < 9; tap++) {
                double weight = element("b1.conv1.weight", (channel * 16 + in) * 9 + tap) * factor;
                assertThat(layer.weights()[(channel * 9 + tap) * 16 + in]).isEqualTo(weight);
                max = Math.max(max, Math.abs(weight));
            }
        }
        assertThat(layer.bias()[channel]).isEqualTo(bias);
        QuantizedLayer quantized = WeightQuantizer.quantize(layer);
        assertThat(quantized.scale()[channel]).isEqualTo((float) (max / 127));
        assertThat(quantized.bias()[channel]).isEqualTo((float) bias);
    }

    @Test
    void theDenseLayerIsReadAsItIs() {
        FoldedLayer layer = layers.get("fc");
        for (int i = 0; i < 640; i++) {
            assertThat(layer.weights()[i]).isEqualTo(element("fc.weight", i));
        }
        assertThat(layer.bias()[9]).isEqualTo(element("fc.bias", 9));
    }

    /** A quantised weight is off by half a step, and by what rounding the scale to float adds: 127 * 2^-24 steps. */
    @Test
    void quantisedWeightsAreWithinHalfAStep() {
        for (FoldedLayer folded : layers.values()) {
            QuantizedLayer layer = WeightQuantizer.quantize(folded);
            int row = layer.taps() * layer.in();
            for (int i = 0; i < layer.weights().length; i++) {
                double scale = layer.scale()[i / row];
                assertThat(Math.abs(layer.weights()[i] * scale - folded.weights()[i]) / scale)
                        .as("weight %d of %s", i, layer.layer())
                        .isLessThanOrEqualTo(.5 + 127 * 0x1p-24);
            }
        }
    }
}
