package dev.octet.cuda.gpu;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;

/** Networks that between them use every kernel family, strides, odd channels, and memory that values share. */
enum TestNetworks {
    /** Residual blocks whose additions are fused into convolutions. */
    RESIDUAL(Shape.of(1, 28, 28), net -> {
        Tensor x = net.input("image").conv2d("stem", 16, kernel(3).pad(1)).relu();
        x = block(x, "b1", 16, 1);
        x = block(x, "b2", 32, 2);
        x = block(x, "b3", 64, 2);
        net.output("logits", x.globalAvgPool().dense("fc", 10));
    }),
    /** Odd channels, pooling, a separate addition, a dense layer over pixels. */
    ODD(Shape.of(3, 19, 23), net -> {
        Tensor x = net.input("image")
                .conv2d("stem", 17, kernel(5).stride(2).pad(2).bias())
                .relu()
                .maxPool(kernel(3).stride(2).pad(1));
        Tensor left = x.conv2d("left", 33, kernel(3).pad(1));
        Tensor right = x.conv2d("right", 33, kernel(1)).relu();
        Tensor sum = left.maxPool(kernel(3).stride(1).pad(1)).add(right).relu();
        net.output("logits", sum.flatten().dense("hidden", 31).relu().dense("fc", 10));
    });

    private final Shape image;
    private final NetworkDefinition definition;

    TestNetworks(Shape image, NetworkDefinition definition) {
        this.image = image;
        this.definition = definition;
    }

    private static Tensor block(Tensor x, String name, int channels, int stride) {
        Tensor y = x.conv2d(name + ".conv1", channels, kernel(3).stride(stride).pad(1))
                .relu()
                .conv2d(name + ".conv2", channels, kernel(3).pad(1));
        Tensor shortcut =
                stride == 1 ? x : x.conv2d(name + ".down", channels, kernel(1).stride(stride));
        return y.add(shortcut).relu();
    }

    CompiledNetwork compile(Target target, int maxBatch) {
        return CompiledNetwork.of(definition, target, maxBatch, image, 10, 7 + ordinal());
    }

    int pixels() {
        return image.elements();
    }
}
