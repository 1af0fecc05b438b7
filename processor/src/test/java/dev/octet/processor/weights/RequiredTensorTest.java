package dev.octet.processor.weights;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.Tracer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequiredTensorTest {
    /** A filter spans the channels of its group alone. */
    @Test
    void filtersOfGroupsReadTheirShareOfTheChannels() {
        TracedNetwork trace = Tracer.trace(
                net -> net.output(
                        "y",
                        net.input("x")
                                .conv2d("whole", 8, kernel(1))
                                .conv2d(
                                        "split",
                                        6,
                                        kernel(3, 5).pad(1, 2, 1, 2).groups(2).bias())
                                .depthwiseConv2d("each", kernel(3).pad(1))),
                List.of(new PortShape("x", List.of(3, 7, 7))),
                List.of(new PortShape("y", List.of(6, 7, 7))));
        assertThat(RequiredTensor.of(trace))
                .extracting(RequiredTensor::key, RequiredTensor::shape)
                .containsExactly(
                        tuple("whole.weight", List.of(8, 3, 1, 1)),
                        tuple("split.weight", List.of(6, 4, 3, 5)),
                        tuple("split.bias", List.of(6)),
                        tuple("each.weight", List.of(6, 1, 3, 3)));
    }
}
