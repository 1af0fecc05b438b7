package dev.octet.runtime;

import dev.octet.dsl.Kernel;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import java.util.Optional;

/** A network of three layers for tests of what is around networks. */
final class SmallDefinition implements NetworkDefinition {
    @Override
    public void define(Net net) {
        Tensor x = net.input("image")
                .conv2d("conv1", 9, Kernel.kernel(3).pad(1))
                .batchNorm("bn1", 1e-5f)
                .relu("act1");
        x = x.conv2d("conv2", 9, Kernel.kernel(3).pad(1)).add("sum", x).relu("act2");
        net.output("logits", x.globalAvgPool("mean").dense("fc", 5));
    }

    static Plan plan(int maxBatch) {
        return SampleNetwork.compile(
                new SmallDefinition(),
                maxBatch,
                SampleNetwork.image(3, 12, 11),
                new Port("logits", Shape.of(5), Optional.empty()));
    }
}
