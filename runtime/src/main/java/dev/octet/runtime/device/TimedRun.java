package dev.octet.runtime.device;

import dev.octet.plan.Target;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How long the steps of one run took.
 *
 * @param target GPU family whose launch program ran; empty if no kernels ran
 * @param steps the steps in order; a device has as many in every run with equally many images
 */
public record TimedRun(Optional<Target> target, List<Step> steps) {
    public TimedRun {
        Objects.requireNonNull(target);
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param nodes ids of the nodes of the graph that it computes, in order, at least one
     * @param kernel entry point of its kernel; empty if it has none
     * @param micros microseconds
     */
    public record Step(List<Integer> nodes, Optional<String> kernel, double micros) {
        public Step {
            nodes = List.copyOf(nodes);
            Objects.requireNonNull(kernel);
            if (nodes.isEmpty() || !(micros >= 0) || Double.isInfinite(micros)) {
                throw new IllegalArgumentException("a step computes something in some time: " + nodes + ", " + micros);
            }
        }
    }
}
