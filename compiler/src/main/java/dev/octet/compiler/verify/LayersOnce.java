package dev.octet.compiler.verify;

import dev.octet.plan.graph.Node;
import java.util.Optional;

/** A layer's name finds its weights, so it stands for one node. */
final class LayersOnce implements Check {
    @Override
    public Optional<String> offence(Scope scope, Node node) {
        return node.layer()
                .flatMap(layer -> Check.when(scope.layersNamed(layer) != 1, "layer %s is made twice", layer));
    }
}
