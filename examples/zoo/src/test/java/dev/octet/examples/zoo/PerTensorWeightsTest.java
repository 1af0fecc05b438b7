package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.plan.weights.WeightsFile;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.calibrate.RangeRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control: with one scale for all weights of a layer, instead of one for each channel, MobileNet tells nothing apart. */
@Tag("shared-slow")
class PerTensorWeightsTest {
    private static final int IMAGES = 160;
    private static final int EXAMPLES = 64;
    private static final int BATCH = 16;

    @Test
    void mobileNetCollapsesWithoutScalesPerChannel(@TempDir Path folder) throws IOException {
        RealNetwork network = RealNetwork.MOBILENET_V1_THREE_QUARTERS;
        ZooBuild build = new ZooBuild(folder, ZooCompilation.withoutKernels(network.definition()));
        CalibrationTable table = build.calibrate(
                network.weights(), RangeRule.naive(), network.calibration().first(EXAMPLES));
        build.add(table);
        build.quantizeWeights(network.weights());
        double perChannel = top1(build, network);
        build.add(perTensor(build, Safetensors.open(network.weights())));
        double perTensor = top1(build, network);

        System.out.printf("MobileNet: %.2f %% per channel, %.2f %% per tensor%n", perChannel, perTensor);
        assertThat(perChannel).isGreaterThan(65);
        assertThat(perTensor).isLessThan(10);
    }

    private static WeightsFile perTensor(ZooBuild build, Safetensors tensors) {
        SortedMap<String, QuantizedLayer> layers = new TreeMap<>();
        WeightFolder.fold(build.plan().fp32(), tensors).forEach((name, layer) -> layers.put(name, perTensor(layer)));
        return new WeightsFile(GraphText.topologyHash(build.plan().fp32()), tensors.sha256(), layers);
    }

    private static QuantizedLayer perTensor(FoldedLayer layer) {
        float scale =
                (float) (DoubleStream.of(layer.weights()).map(Math::abs).max().orElseThrow() / 127);
        byte[] weights = new byte[layer.weights().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) Math.rint(layer.weights()[i] / scale);
        }
        float[] scales = new float[layer.out()];
        Arrays.fill(scales, scale);
        float[] bias = new float[layer.out()];
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) layer.bias()[c];
        }
        return new QuantizedLayer(layer.layer(), layer.out(), layer.taps(), layer.in(), weights, scales, bias);
    }

    private static double top1(ZooBuild build, RealNetwork network) throws IOException {
        LabelledImages images = network.evaluation();
        int right = 0;
        try (Network opened = Network.open(build.spec(), Options.onDevice("cpu").maxBatch(BATCH))) {
            for (int from = 0; from < IMAGES; from += BATCH) {
                float[][] scores = Logits.of(
                        opened,
                        IntStream.range(from, from + BATCH)
                                .mapToObj(images.image())
                                .toList());
                for (int i = 0; i < BATCH; i++) {
                    right += Logits.best(scores[i]) == images.labels()[from + i] ? 1 : 0;
                }
            }
        }
        return 100.0 * right / IMAGES;
    }
}
