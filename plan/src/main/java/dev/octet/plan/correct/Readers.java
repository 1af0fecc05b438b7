package dev.octet.plan.correct;

import dev.octet.plan.graph.Activation;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.weights.FoldedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The layers that read what a layer of a float graph makes, if everything on the way commutes with a positive factor per
 * channel: ReLU, leaky ReLU, poolings, and whatever moves channels as a whole. A ReLU6 does so as far as it does not limit,
 * which the caller has to see to.
 *
 * <pre>
 * conv1 -> relu -> maxPool -> conv2                   read by conv2
 *                          -> concat(other, .) -> fc  and by fc, behind the channels of other
 * conv3 -> add(conv3, shortcut)                       read by an addition: no factor
 * </pre>
 */
final class Readers {
    /**
     * A layer that reads a channel.
     *
     * @param node the layer
     * @param first its input channel that is channel 0 of the maker; negative if a slice left that out
     */
    record Reader(Node node, int first) {
        FoldedLayer layer(SortedMap<String, FoldedLayer> layers) {
            return layers.get(node.layer().orElseThrow());
        }

        int groups() {
            return node.op() instanceof Op.Conv2d conv ? conv.groups() : 1;
        }
    }

    /**
     * Where a layer's result goes.
     *
     * @param readers layers that read it, at least one
     * @param result the value behind the layer's activation
     * @param limited whether a ReLU6 is on the way
     * @param joined concatenations on the way, whose other operands share the scale
     */
    record Ways(List<Reader> readers, Node result, boolean limited, List<Node> joined) {}

    private final Graph graph;
    private final List<Reader> readers = new ArrayList<>();
    private final List<Node> joined = new ArrayList<>();
    private boolean limited;

    private Readers(Graph graph) {
        this.graph = graph;
    }

    /** Where the result of a layer goes; empty if it goes to something that does not commute with factors, or nowhere. */
    static Optional<Ways> of(Graph graph, Node layer) {
        Readers readers = new Readers(graph);
        if (!readers.follow(layer, 0) || readers.readers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Ways(readers.readers, readers.activated(layer), readers.limited, readers.joined));
    }

    /** An activation that is not the only user is a tensor of its own beside the layer's. */
    private Node activated(Node layer) {
        List<Node> users = graph.users(layer.id());
        return users.size() == 1 && users.get(0).op() instanceof Op.Activate ? users.get(0) : layer;
    }

    private boolean follow(Node value, int first) {
        for (Node user : graph.users(value.id())) {
            if (!use(user, value, first)) {
                return false;
            }
        }
        return true;
    }

    private boolean use(Node user, Node value, int first) {
        Op op = user.op();
        if (op instanceof Op.Conv2d || op instanceof Op.Dense) {
            readers.add(new Reader(user, first));
            return true;
        }
        if (op instanceof Op.Activate activate) {
            limited |= activate.activation().equals(Activation.RELU6);
            return commutes(activate.activation().kind()) && follow(user, first);
        }
        if (op instanceof Op.Concat) {
            return concat(user, value, first);
        }
        if (op instanceof Op.SliceChannels slice) {
            return follow(user, first - slice.first());
        }
        if (op instanceof Op.PadChannels pad) {
            return follow(user, first + pad.before());
        }
        boolean everyChannelAlone = op instanceof Op.MaxPool
                || op instanceof Op.AvgPool
                || op instanceof Op.GlobalAvgPool
                || op instanceof Op.Upsample;
        return everyChannelAlone && follow(user, first);
    }

    private boolean concat(Node concat, Node value, int first) {
        joined.add(concat);
        int before = 0;
        for (int input : concat.inputs()) {
            if (input == value.id() && !follow(concat, first + before)) {
                return false;
            }
            before += graph.node(input).type().shape().channels();
        }
        return true;
    }

    private static boolean commutes(Activation.Kind kind) {
        return switch (kind) {
            case NONE, RELU, RELU6, LEAKY_RELU -> true;
            case ELU, SIGMOID, HARD_SIGMOID, TANH, SWISH, HARD_SWISH, GELU -> false;
        };
    }
}
