package dev.octet.cuda.gpu;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.quant.Ranges;
import dev.octet.runtime.device.NetworkImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A whole network with random weights, compiled as a build compiles it. */
final class CompiledNetwork {
    private final Target target;
    private final Plan plan;
    private final List<Compilation.KernelSource> sources;
    private final Map<String, QuantizedLayer> layers = new TreeMap<>();
    private final Map<Integer, Constants> constants = new TreeMap<>();

    private CompiledNetwork(Target target, Compilation compilation, long seed) {
        this.target = target;
        plan = compilation.plan();
        sources = compilation.kernels();
        SplittableRandom random = new SplittableRandom(seed);
        plan.int8().nodes().forEach(node -> addLayer(node, random));
        // All values have about the standard deviation 1: ranges of 3 to 5 cut a little off.
        Ranges ranges = key -> 3 + (key.hashCode() & 255) / 128f;
        NodeConstants all = NodeConstants.of(plan, ranges, layers::get);
        plan.int8().nodes().forEach(node -> all.of(node).ifPresent(c -> constants.put(node.id(), c)));
    }

    /** Compiles a definition with an input {@code image} and an output {@code logits}. */
    static CompiledNetwork of(
            NetworkDefinition definition, Target target, int maxBatch, Shape image, int classes, long seed) {
        Port in = new Port("image", image, Optional.of(format(image.channels())));
        Port out = new Port("logits", Shape.of(classes), Optional.empty());
        List<PortShape> inputs = List.of(new PortShape("image", image.dims()));
        List<PortShape> outputs = List.of(new PortShape("logits", List.of(classes)));
        CompileRequest request = new CompileRequest(
                "test.Network",
                List.of(in),
                List.of(out),
                List.of(target),
                maxBatch,
                Tracer.trace(definition, inputs, outputs));
        return new CompiledNetwork(target, OctetCompiler.compile(request, new CudaWriter(), DumpSink.NONE), seed);
    }

    private static ImageFormat format(int channels) {
        return channels == 1
                ? new ImageFormat(ImageFormat.ChannelOrder.GRAY, 1 / 255f, List.of(.5f), List.of(.29f))
                : new ImageFormat(
                        ImageFormat.ChannelOrder.RGB, 1 / 255f, List.of(.5f, .4f, .45f), List.of(.29f, .3f, .25f));
    }

    private void addLayer(Node node, SplittableRandom random) {
        if (node.op() instanceof Op.Conv2d conv) {
            TensorType in = plan.int8().node(node.input()).type();
            addLayer(
                    conv.layer(),
                    node.type().shape().channels(),
                    conv.window().taps(),
                    in.shape().channels(),
                    random);
        } else if (node.op() instanceof Op.Dense dense) {
            Shape in = plan.int8().node(node.input()).type().shape();
            addLayer(dense.layer(), node.type().shape().channels(), in.pixels(), in.channels(), random);
        }
    }

    /** Uniform weights have a standard deviation of 73 steps; results keep the variance of a layer's operand. */
    private void addLayer(String name, int out, int taps, int in, SplittableRandom random) {
        byte[] weights = new byte[out * taps * in];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) random.nextInt(-127, 128);
        }
        float[] scale = new float[out];
        float[] bias = new float[out];
        for (int c = 0; c < out; c++) {
            scale[c] = (float) (Math.sqrt(2.0 / (taps * in)) / 73 * random.nextDouble(0.7, 1.3));
            bias[c] = (float) random.nextDouble(-0.3, 0.3);
        }
        layers.put(name, new QuantizedLayer(name, out, taps, in, weights, scale, bias));
    }

    Plan plan() {
        return plan;
    }

    /** The network for a device that runs no kernels. */
    NetworkImage withoutKernels() {
        return new NetworkImage(plan, layers, constants, (target, kernel) -> Optional.empty());
    }

    /** The network with its kernels, compiled here. */
    NetworkImage withKernels() {
        Map<String, String> byHash = new TreeMap<>();
        sources.forEach(source -> byHash.put(source.hash(), source.text()));
        return new NetworkImage(plan, layers, constants, CompiledKernels.of(target, byHash));
    }
}
