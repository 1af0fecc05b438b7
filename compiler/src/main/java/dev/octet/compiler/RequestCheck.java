package dev.octet.compiler;

import dev.octet.plan.Port;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What must hold between a request and its float graph: ports fit, and everything is small enough to be indexed. */
final class RequestCheck {
    /** Most images of a batch, and lanes of a pixel: what a plan file can say. */
    private static final int MAX_BATCH = 1 << 16;

    private static final int MAX_CHANNELS = 1 << 20;

    private final CompileRequest request;
    private final Map<Integer, Node> nodes;

    private RequestCheck(CompileRequest request, Graph graph) {
        this.request = request;
        this.nodes = graph.byId();
    }

    static void check(CompileRequest request, Graph fp32) {
        RequestCheck check = new RequestCheck(request, fp32);
        check.batch();
        check.ports(request.inputs(), fp32.nodes(Op.Input.class), CompilerCode.INPUT_PORT);
        check.ports(request.outputs(), fp32.nodes(Op.Output.class), CompilerCode.OUTPUT_PORT);
        check.images();
        fp32.nodes().forEach(check::size);
    }

    private void batch() {
        if (request.maxBatch() < 1 || request.maxBatch() > MAX_BATCH) {
            throw new CompileException(CompilerCode.MAX_BATCH, Optional.empty(), request.maxBatch(), MAX_BATCH);
        }
    }

    private void ports(List<Port> ports, List<Node> nodes, CompilerCode code) {
        Map<String, Node> byName = new TreeMap<>();
        nodes.forEach(node -> byName.put(node.name(), node));
        List<String> declared = ports.stream().map(Port::name).sorted().toList();
        if (ports.isEmpty() || !declared.equals(List.copyOf(byName.keySet()))) {
            throw new CompileException(code, Optional.empty(), declared, byName.keySet());
        }
        for (Port port : ports) {
            Node node = byName.get(port.name());
            if (!port.shape().equals(node.type().shape())) {
                throw new CompileException(
                        CompilerCode.PORT_SHAPE,
                        node.line(),
                        port.name(),
                        port.shape(),
                        node.type().shape());
            }
        }
    }

    private void images() {
        for (Port port : request.inputs()) {
            if (port.image().isEmpty()) {
                throw new CompileException(CompilerCode.PORT_NOT_IMAGE, Optional.empty(), port.name());
            }
        }
    }

    private void size(Node node) {
        Shape shape = node.type().shape();
        long bytes = product(padded(shape.channels()), shape.pixels(), request.maxBatch());
        if (shape.channels() > MAX_CHANNELS || bytes > Integer.MAX_VALUE) {
            throw new CompileException(
                    CompilerCode.VALUE_TOO_LARGE,
                    node.line(),
                    node.name(),
                    shape,
                    request.maxBatch(),
                    bytes,
                    MAX_CHANNELS);
        }
        if (node.op() instanceof Op.Conv2d conv) {
            long row = product(
                    conv.window().kernelH(),
                    conv.window().kernelW(),
                    padded(operand(node).channels()));
            layer(node, conv.layer(), row);
        } else if (node.op() instanceof Op.Dense dense) {
            layer(
                    node,
                    dense.layer(),
                    product(padded(operand(node).channels()), operand(node).pixels()));
        }
    }

    private void layer(Node node, String layer, long row) {
        long weights = product(row, padded(node.type().shape().channels()));
        if (weights > Integer.MAX_VALUE) {
            throw new CompileException(CompilerCode.LAYER_TOO_LARGE, node.line(), layer, weights);
        }
    }

    private Shape operand(Node node) {
        return nodes.get(node.input()).type().shape();
    }

    private static long padded(int channels) {
        return ((long) channels + ChannelMap.ALIGNMENT - 1) / ChannelMap.ALIGNMENT * ChannelMap.ALIGNMENT;
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
