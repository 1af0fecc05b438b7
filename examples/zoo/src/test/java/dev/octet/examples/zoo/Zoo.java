package dev.octet.examples.zoo;

import dev.octet.dsl.NetworkDefinition;
import java.util.function.Supplier;

/** All networks of the zoo. */
enum Zoo {
    RESNET18(ResNet18::new, 11_689_512),
    RESNET34(ResNet34::new, 21_797_672),
    RESNET50(ResNet50::new, 25_557_032),
    RESNET101(ResNet101::new, 44_549_160),
    RESNET152(ResNet152::new, 60_192_808),
    RESNET50_V2(ResNet50V2::new, 25_549_486),
    VGG16(Vgg16::new, 138_357_544),
    VGG16_BN(Vgg16Bn::new, 138_365_992),
    SQUEEZENET_1_0(SqueezeNet10::new, 1_248_424),
    SQUEEZENET_1_1(SqueezeNet11::new, 1_235_496),
    MOBILENET_V1_FULL(MobileNetV1Full::new, 4_231_976),
    MOBILENET_V1_THREE_QUARTERS(MobileNetV1ThreeQuarters::new, 2_585_560),
    MOBILENET_V2(MobileNetV2::new, 3_504_872),
    MOBILENET_V3_LARGE(MobileNetV3Large::new, 5_483_032),
    EFFICIENTNET_B0(EfficientNetB0::new, 5_288_548),
    INCEPTION_BN(InceptionBn::new, 11_295_240),
    INCEPTION_V3(InceptionV3::new, 23_834_568),
    CIFAR_RESNET20(CifarResNet20::new, 269_722),
    CIFAR_RESNET32(CifarResNet32::new, 464_154),
    CIFAR_RESNET44(CifarResNet44::new, 658_586),
    CIFAR_RESNET56(CifarResNet56::new, 853_018),
    RESNET8(ResNet8::new, 78_186);

    private final Supplier<NetworkDefinition> definition;
    private final int parameters;

    Zoo(Supplier<NetworkDefinition> definition, int parameters) {
        this.definition = definition;
        this.parameters = parameters;
    }

    NetworkDefinition definition() {
        return definition.get();
    }

    /** Published number of parameters that training learns. */
    int parameters() {
        return parameters;
    }
}
