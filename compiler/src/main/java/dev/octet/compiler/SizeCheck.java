package dev.octet.compiler;

import dev.octet.compiler.pass.ImportTrace;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.dsl.trace.TracedOp;
import dev.octet.plan.Port;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a network keeps to the {@link Limits}. */
final class SizeCheck {
    private final int maxBatch;
    private final Set<String> floatInputs;
    private final Map<Integer, Node> nodes;
    private long weights;

    private SizeCheck(Graph graph, int maxBatch, List<Port> inputs) {
        this.maxBatch = maxBatch;
        this.floatInputs = inputs.stream()
                .filter(port -> port.image().isEmpty())
                .map(Port::name)
                .collect(Collectors.toSet());
        this.nodes = graph.byId();
    }

    /** Checks windows before anything computes with them: those within the limit cannot overflow an int. */
    static void windows(TracedNetwork trace) {
        for (TracedNode node : trace.nodes()) {
            if (node.op() instanceof TracedOp.Conv2d conv) {
                window(node, conv.kernel(), conv.stride());
                window(node, conv.dilation(), conv.stride());
            } else if (node.op() instanceof TracedOp.AvgPool pool) {
                window(node, pool.kernel(), pool.stride());
            } else if (node.op() instanceof TracedOp.MaxPool pool) {
                window(node, pool.kernel(), pool.stride());
            }
        }
    }

    private static void window(TracedNode node, List<Integer> kernel, List<Integer> stride) {
        boolean fits = kernel.stream().allMatch(extent -> extent <= Limits.WINDOW)
                && stride.stream().allMatch(extent -> extent <= Limits.WINDOW);
        if (!fits) {
            throw new CompileException(
                    CompilerCode.WINDOW_TOO_LARGE,
                    ImportTrace.line(node.line()),
                    node.name(),
                    kernel,
                    stride,
                    Limits.WINDOW);
        }
    }

    /** Checks values and layers; {@code maxBatch} is within its limit. */
    static void sizes(Graph fp32, int maxBatch, List<Port> inputs) {
        SizeCheck check = new SizeCheck(fp32, maxBatch, inputs);
        for (Node node : fp32.nodes()) {
            check.values(node);
            check.layer(node);
            check.mean(node);
        }
    }

    /** Checks the floats of a laid-out graph inside the network, which take four times the memory of integers. */
    static void floats(Graph int8, int maxBatch) {
        Map<Integer, Node> nodes = int8.byId();
        for (Node node : int8.nodes()) {
            boolean inside = node.type().element() == ElementType.F32 && !node.isLogicalOrder();
            long bytes = inside ? product(node.type().bytesPerImage(), maxBatch) : 0;
            if (bytes > Limits.VALUE_BYTES) {
                Shape shape = node.type().shape();
                throw new CompileException(
                        CompilerCode.VALUE_TOO_LARGE,
                        node.line(),
                        node.name(),
                        shape,
                        maxBatch,
                        bytes,
                        "in FP32",
                        Limits.CHANNELS);
            }
            if (node.fp32()) {
                floatWeights(node, nodes);
            }
        }
    }

    private static void floatWeights(Node node, Map<Integer, Node> nodes) {
        Shape in = nodes.get(node.input()).type().shape();
        long out = filled(node.type().shape().channels(), Limits.WIDEST_TILE);
        int lanes = ChannelMap.ALIGNMENT;
        if (node.op() instanceof Op.Conv2d conv) {
            long filter = product(conv.window().taps(), filled(in.channels() / conv.groups(), lanes));
            floatWeights(node, conv.layer(), product(Float.BYTES, filter, out));
        } else if (node.op() instanceof Op.Dense dense) {
            floatWeights(node, dense.layer(), product(Float.BYTES, in.pixels(), filled(in.channels(), lanes), out));
        }
    }

    private static void floatWeights(Node node, String layer, long bytes) {
        if (bytes > Limits.LAYER_BYTES) {
            throw new CompileException(CompilerCode.FLOATS_TOO_LARGE, node.line(), layer, bytes);
        }
    }

    /** Checks the memory that all values of one image need together. */
    static void arena(long bytesPerImage) {
        if (bytesPerImage > Limits.ARENA_BYTES) {
            throw new CompileException(
                    CompilerCode.NETWORK_TOO_LARGE,
                    Optional.empty(),
                    "The values of one image that are needed at the same time",
                    bytesPerImage,
                    Limits.ARENA_BYTES);
        }
    }

    /** Values are bytes with padding, but for outputs, which are floats without. Float inputs come as both. */
    private void values(Node node) {
        boolean output = node.op() instanceof Op.Output;
        if (output || node.op() instanceof Op.Input && floatInputs.contains(node.name())) {
            value(node, true);
        }
        if (!output) {
            value(node, false);
        }
    }

    private void value(Node node, boolean floats) {
        Shape shape = node.type().shape();
        long bytes = floats
                ? product(Float.BYTES, shape.elements(), maxBatch)
                : product(filled(shape.channels(), ChannelMap.ALIGNMENT), shape.pixels(), maxBatch);
        if (shape.channels() > Limits.CHANNELS || bytes > Limits.VALUE_BYTES) {
            throw new CompileException(
                    CompilerCode.VALUE_TOO_LARGE,
                    node.line(),
                    node.name(),
                    shape,
                    maxBatch,
                    bytes,
                    floats ? "as floats" : "in INT8",
                    Limits.CHANNELS);
        }
    }

    private void layer(Node node) {
        int out = node.type().shape().channels();
        if (node.op() instanceof Op.Conv2d conv) {
            int in = operand(node).channels() / conv.groups();
            long filter = product(conv.window().taps(), filled(in, ChannelMap.ALIGNMENT));
            layer(node, conv.layer(), product(filled(filter, Limits.LONGEST_STEP), filled(out, Limits.WIDEST_TILE)));
        } else if (node.op() instanceof Op.Dense dense) {
            Shape in = operand(node);
            long filter = product(filled(in.channels(), ChannelMap.ALIGNMENT), in.pixels());
            layer(node, dense.layer(), product(filled(filter, Limits.LONGEST_STEP), filled(out, Limits.WIDEST_TILE)));
        }
    }

    private void layer(Node node, String layer, long bytes) {
        if (bytes > Limits.LAYER_BYTES) {
            throw new CompileException(CompilerCode.LAYER_TOO_LARGE, node.line(), layer, bytes);
        }
        weights += bytes + (long) Limits.CHANNEL_BYTES * node.type().shape().channels() + Limits.LAYER_HEADER_BYTES;
        if (weights > Limits.WEIGHTS_BYTES) {
            throw new CompileException(
                    CompilerCode.NETWORK_TOO_LARGE,
                    node.line(),
                    "The weights of all layers up to " + layer,
                    weights,
                    Limits.WEIGHTS_BYTES);
        }
    }

    private void mean(Node node) {
        if (node.op() instanceof Op.GlobalAvgPool && operand(node).pixels() > Limits.MEAN_PIXELS) {
            throw new CompileException(
                    CompilerCode.MEAN_TOO_LARGE,
                    node.line(),
                    node.name(),
                    operand(node).pixels(),
                    Limits.MEAN_PIXELS);
        }
    }

    private Shape operand(Node node) {
        return nodes.get(node.input()).type().shape();
    }

    /** The next multiple. */
    private static long filled(long count, int multiple) {
        return count > Long.MAX_VALUE - multiple ? Long.MAX_VALUE : (count + multiple - 1) / multiple * multiple;
    }

    /** The product of positive factors, or the largest number where it is larger. */
    private static long product(long... factors) {
        long product = 1;
        for (long factor : factors) {
            product = product > Long.MAX_VALUE / factor ? Long.MAX_VALUE : product * factor;
        }
        return product;
    }
}
