package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.RGB;
import static dev.octet.dsl.Kernel.kernel;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_80;

import dev.octet.dsl.Block;
import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;
import dev.octet.examples.zoo.InvertedResidual.Style;
import java.util.List;

/** MobileNetV3-Large (Howard et al., Searching for MobileNetV3, 2019). Layers are called as in torchvision. */
@QuantizedNetwork(
        weights = "mobilenet_v3_large.safetensors",
        targets = {SM_61, SM_80},
        maxBatch = 128,
        inputs =
                @Port(
                        name = "image",
                        shape = {3, 224, 224},
                        image =
                                @Image(
                                        order = RGB,
                                        scale = 1 / 255f,
                                        mean = {.485f, .456f, .406f},
                                        std = {.229f, .224f, .225f})),
        outputs = @Port(name = "logits", shape = 1000))
public final class MobileNetV3Large implements NetworkDefinition {
    private static final Style RELU = style(Tensor::relu);
    private static final Style HARD_SWISH = style(Tensor::hardSwish);
    /** Expanded channels, channels, depthwise kernel, stride, and channels of squeeze-and-excitation. */
    private static final List<InvertedResidual> BLOCKS = List.of(
            new InvertedResidual(16, 16, 3, 1, 0, RELU),
            new InvertedResidual(64, 24, 3, 2, 0, RELU),
            new InvertedResidual(72, 24, 3, 1, 0, RELU),
            new InvertedResidual(72, 40, 5, 2, 24, RELU),
            new InvertedResidual(120, 40, 5, 1, 32, RELU),
            new InvertedResidual(120, 40, 5, 1, 32, RELU),
            new InvertedResidual(240, 80, 3, 2, 0, HARD_SWISH),
            new InvertedResidual(200, 80, 3, 1, 0, HARD_SWISH),
            new InvertedResidual(184, 80, 3, 1, 0, HARD_SWISH),
            new InvertedResidual(184, 80, 3, 1, 0, HARD_SWISH),
            new InvertedResidual(480, 112, 3, 1, 120, HARD_SWISH),
            new InvertedResidual(672, 112, 3, 1, 168, HARD_SWISH),
            new InvertedResidual(672, 160, 5, 2, 168, HARD_SWISH),
            new InvertedResidual(960, 160, 5, 1, 240, HARD_SWISH),
            new InvertedResidual(960, 160, 5, 1, 240, HARD_SWISH));

    private static Style style(Block activation) {
        return new Style(activation, Tensor::relu, Tensor::hardSigmoid, 1e-3f);
    }

    @Override
    public void define(Net net) {
        Tensor x = HARD_SWISH.convolve(
                net.input("image"), "features.0", 16, kernel(3).stride(2).pad(1));
        for (int i = 0; i < BLOCKS.size(); i++) {
            x = x.scope("features." + (i + 1) + ".block", BLOCKS.get(i));
        }
        x = HARD_SWISH.convolve(x, "features.16", 960, kernel(1));
        x = x.globalAvgPool().dense("classifier.0", 1280).hardSwish();
        net.output("logits", x.dense("classifier.3", 1000));
    }
}
