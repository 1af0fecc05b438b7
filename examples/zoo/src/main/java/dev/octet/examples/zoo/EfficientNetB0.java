package dev.octet.examples.zoo;

import static dev.octet.dsl.ChannelOrder.RGB;
import static dev.octet.dsl.Kernel.kernel;
import static dev.octet.dsl.Target.SM_61;
import static dev.octet.dsl.Target.SM_80;

import dev.octet.dsl.Image;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Port;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.Tensor;
import dev.octet.examples.zoo.InvertedResidual.Style;

/**
 * EfficientNet-B0 (Tan and Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks, 2019). Layers are
 * called as in torchvision.
 */
@QuantizedNetwork(
        weights = "efficientnet_b0.safetensors",
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
public final class EfficientNetB0 implements NetworkDefinition {
    private static final Style STYLE = new Style(Tensor::swish, Tensor::swish, Tensor::sigmoid, 1e-5f);
    /** Expansion, channels, blocks, size of the depthwise kernel, and stride of the first block, for each stage. */
    private static final int[][] STAGES = {
        {1, 16, 1, 3, 1},
        {6, 24, 2, 3, 2},
        {6, 40, 2, 5, 2},
        {6, 80, 3, 3, 2},
        {6, 112, 3, 5, 1},
        {6, 192, 4, 5, 2},
        {6, 320, 1, 3, 1}
    };

    @Override
    public void define(Net net) {
        Tensor x = STYLE.convolve(
                net.input("image"), "features.0", 32, kernel(3).stride(2).pad(1));
        for (int stage = 0; stage < STAGES.length; stage++) {
            for (int i = 0; i < STAGES[stage][2]; i++) {
                x = x.scope("features." + (stage + 1) + "." + i + ".block", block(STAGES[stage], x.channels(), i == 0));
            }
        }
        x = STYLE.convolve(x, "features.8", 1280, kernel(1));
        net.output("logits", x.globalAvgPool().dense("classifier.1", 1000));
    }

    private static InvertedResidual block(int[] stage, int in, boolean first) {
        return new InvertedResidual(stage[0] * in, stage[1], stage[3], first ? stage[4] : 1, in / 4, STYLE);
    }
}
