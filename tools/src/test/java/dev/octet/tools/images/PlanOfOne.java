package dev.octet.tools.images;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.tools.SampleModule;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** Plans of a network with one input. */
final class PlanOfOne {
    private PlanOfOne() {}

    static Plan image(ImageFormat.ChannelOrder order, int height, int width) {
        int n = order.channels();
        return of(new Port(
                "image",
                Shape.of(n, height, width),
                Optional.of(new ImageFormat(order, 1, Collections.nCopies(n, 0f), Collections.nCopies(n, 1f)))));
    }

    static Plan floats(Integer... shape) {
        return of(new Port("image", Shape.of(shape), Optional.empty()));
    }

    private static Plan of(Port input) {
        return SampleModule.compile(
                net -> net.output(
                        "scores",
                        (input.shape().rank() == 3
                                ? net.input("image")
                                        .conv2d("conv", 5, kernel(1))
                                        .globalAvgPool()
                                        .flatten()
                                : net.input("image").dense("fc", 5))),
                input,
                new java.util.TreeMap<>(Map.of("scores", Shape.of(5))));
    }
}
