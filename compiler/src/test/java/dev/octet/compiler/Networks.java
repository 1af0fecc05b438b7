package dev.octet.compiler;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.compiler.pass.ImportTrace;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Shape;
import java.util.List;
import java.util.Optional;

/** Definitions that tests compile. */
public final class Networks {
    private static final ImageFormat GRAY =
            new ImageFormat(ChannelOrder.GRAY, 1 / 255f, List.of(0.2860f), List.of(0.3530f));

    private Networks() {}

    /** A residual network of 9 convolutions for 28 x 28 images: its first layer and two of its three blocks halve the resolution. */
    public static final NetworkDefinition FASHION = net -> {
        Tensor x = net.input("image")
                .conv2d("conv1", 16, kernel(3).stride(2).pad(1))
                .batchNorm("bn1", 1e-5f)
                .relu();
        x = net.scope("b1", x, b -> residual(b, 16, 1));
        x = net.scope("b2", x, b -> residual(b, 32, 2));
        x = net.scope("b3", x, b -> residual(b, 64, 2));
        net.output("logits", x.globalAvgPool().dense("fc", 10));
    };

    private static Tensor residual(Tensor x, int channels, int stride) {
        Tensor y = x.conv2d("conv1", channels, kernel(3).stride(stride).pad(1))
                .batchNorm("bn1", 1e-5f)
                .relu()
                .conv2d("conv2", channels, kernel(3).pad(1))
                .batchNorm("bn2", 1e-5f);
        Tensor shortcut = stride == 1
                ? x
                : x.conv2d("down.0", channels, kernel(1).stride(stride)).batchNorm("down.1", 1e-5f);
        return y.add(shortcut).relu();
    }

    /** The Fashion network's request. */
    public static CompileRequest fashion() {
        return request(FASHION, 128, Shape.of(1, 28, 28), output("logits", 10));
    }

    /** A request with one gray image named {@code image}. */
    public static CompileRequest request(NetworkDefinition definition, int maxBatch, Shape image, Port... outputs) {
        List<Port> inputs = List.of(new Port("image", image, Optional.of(format(image.channels()))));
        return new CompileRequest(
                "test.Net",
                inputs,
                List.of(outputs),
                List.of(Target.SM_61),
                maxBatch,
                Tracer.trace(definition, shapes(inputs), shapes(List.of(outputs))));
    }

    /** The traced graph of a definition with an input {@code image} and an output {@code y}. */
    public static Graph traced(NetworkDefinition definition, Shape image, Shape y) {
        return ImportTrace.run(Tracer.trace(
                definition, List.of(new PortShape("image", image.dims())), List.of(new PortShape("y", y.dims()))));
    }

    /** The line that made a value. */
    public static int lineOf(Graph graph, String name) {
        return graph.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .flatMap(Node::line)
                .orElseThrow()
                .line();
    }

    /** An output port. */
    public static Port output(String name, Integer... dims) {
        return new Port(name, Shape.of(dims), Optional.empty());
    }

    private static ImageFormat format(int channels) {
        return channels == 1
                ? GRAY
                : new ImageFormat(
                        ChannelOrder.RGB, 1 / 255f, List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));
    }

    private static List<PortShape> shapes(List<Port> ports) {
        return ports.stream()
                .map(port -> new PortShape(port.name(), port.shape().dims()))
                .toList();
    }
}
