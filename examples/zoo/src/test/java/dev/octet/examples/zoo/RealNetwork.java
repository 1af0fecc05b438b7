package dev.octet.examples.zoo;

import dev.octet.dsl.NetworkDefinition;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Networks of the zoo for which there are trained weights, and images to evaluate them on. */
enum RealNetwork {
    CIFAR_RESNET20(CifarResNet20::new, "cifar10-resnet20", true, 91.50),
    CIFAR_RESNET56(CifarResNet56::new, "cifar10-resnet56", false, 92.60),
    RESNET8(ResNet8::new, "cifar10-resnet8-mlperftiny", true, 88.10),
    SQUEEZENET_1_1(SqueezeNet11::new, "imagenet-squeezenet1.1", true, 227, true),
    MOBILENET_V1_THREE_QUARTERS(MobileNetV1ThreeQuarters::new, "imagenet-mobilenet_v1_0.75_224", false, 224, false);

    private final Supplier<NetworkDefinition> definition;
    private final String file;
    private final boolean onnx;
    private final int imageNetSize;
    private final boolean bgr;
    private final OptionalDouble top1;

    /** On CIFAR-10. */
    RealNetwork(Supplier<NetworkDefinition> definition, String file, boolean onnx, double top1) {
        this.definition = definition;
        this.file = file;
        this.onnx = onnx;
        this.imageNetSize = 0;
        this.bgr = false;
        this.top1 = OptionalDouble.of(top1);
    }

    /** On ImageNet. */
    RealNetwork(Supplier<NetworkDefinition> definition, String file, boolean onnx, int size, boolean bgr) {
        this.definition = definition;
        this.file = file;
        this.onnx = onnx;
        this.imageNetSize = size;
        this.bgr = bgr;
        this.top1 = OptionalDouble.empty();
    }

    NetworkDefinition definition() {
        return definition.get();
    }

    Path weights() {
        return SharedData.require("models/" + file + ".safetensors");
    }

    /** Whether others have made an ONNX model of it. */
    boolean hasOnnx() {
        return onnx;
    }

    Path onnx() {
        return SharedData.require("models/" + file + ".onnx");
    }

    /** Training images. */
    LabelledImages calibration() {
        return images("train1000", "calib500");
    }

    /** Images that the network was not trained on. */
    LabelledImages evaluation() {
        return images("test1000", "val800");
    }

    private LabelledImages images(String cifar, String imageNet) {
        return imageNetSize == 0 ? LabelledImages.cifar(cifar) : LabelledImages.imageNet(imageNet, imageNetSize, bgr);
    }

    /** Per cent of all evaluation images that others found it to classify correctly in FP32. */
    OptionalDouble top1() {
        return top1;
    }
}
