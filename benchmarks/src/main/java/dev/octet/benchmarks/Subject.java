package dev.octet.benchmarks;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.plan.graph.Shape;
import java.util.List;
import java.util.Objects;

/**
 * What is measured.
 *
 * @param name the name in tables, which peers read too
 * @param definition has an input {@code image} and an output {@code logits}
 * @param image shape of the input: bytes of an RGB image if it has 3 channels, else floats
 * @param classes elements of the output
 * @param batches numbers of images, each with a plan of its own
 * @param oneLayer whether only the kernel of its one layer is timed
 */
record Subject(
        String name, NetworkDefinition definition, Shape image, int classes, List<Integer> batches, boolean oneLayer) {
    Subject {
        Objects.requireNonNull(name);
        Objects.requireNonNull(definition);
        Objects.requireNonNull(image);
        batches = List.copyOf(batches);
    }
}
