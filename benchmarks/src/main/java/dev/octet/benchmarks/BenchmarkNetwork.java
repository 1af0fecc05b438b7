package dev.octet.benchmarks;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.examples.zoo.MobileNetV2;
import dev.octet.examples.zoo.ResNet18;
import dev.octet.examples.zoo.ResNet50;
import dev.octet.examples.zoo.SqueezeNet11;
import dev.octet.plan.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The networks that are measured by default, by torchvision's names; all with images of 224x224 and 1000 classes, as there. */
enum BenchmarkNetwork {
    RESNET50(ResNet50::new),
    RESNET18(ResNet18::new),
    MOBILENET_V2(MobileNetV2::new),
    SQUEEZENET1_1(SqueezeNet11::new);

    static final List<Integer> BATCHES = List.of(1, 8, 32, 128);
    static final int SIZE = 224;
    private static final int CLASSES = 1000;

    private final Supplier<NetworkDefinition> definition;

    BenchmarkNetwork(Supplier<NetworkDefinition> definition) {
        this.definition = definition;
    }

    /** The network of a name. Throws {@link IllegalArgumentException} that lists all if there is none. */
    static BenchmarkNetwork of(String text) {
        return Arrays.stream(values())
                .filter(network -> network.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing is called '" + text + "', there are: "
                        + Arrays.stream(values()).map(BenchmarkNetwork::text).collect(Collectors.joining(", "))
                        + ", " + ConvolutionShape.GROUP));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    Subject subject() {
        return new Subject(text(), definition.get(), Shape.of(3, SIZE, SIZE), CLASSES, BATCHES, false);
    }
}
