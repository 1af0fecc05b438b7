package dev.octet.examples.operator;

import static dev.octet.dsl.Kernel.kernel;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.Compilation;
import dev.octet.compiler.CompileRequest;
import dev.octet.compiler.DumpSink;
import dev.octet.compiler.OctetCompiler;
import dev.octet.dsl.Net;
import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.Tensor;
import dev.octet.dsl.trace.PortShape;
import dev.octet.dsl.trace.Tracer;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.quant.QuantizedLayer;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A network with the operator: two views of an image and how much they differ. */
final class ComparedImages implements NetworkDefinition {
    static final Shape IMAGE = Shape.of(3, 9, 7);
    static final int CHANNELS = 17;

    @Override
    public void define(Net net) {
        Tensor image = net.input("image");
        Tensor x = image.conv2d("x", CHANNELS, kernel(3).pad(1)).relu();
        Tensor y = image.conv2d("y", CHANNELS, kernel(1));
        Tensor difference = x.apply("difference", new AbsoluteDifference(), y);
        net.output("logits", difference.globalAvgPool().dense("fc", 4));
    }

    static Compilation compile(List<Target> targets) {
        ImageFormat format =
                new ImageFormat(ChannelOrder.RGB, 1 / 255f, List.of(.5f, .5f, .5f), List.of(.25f, .25f, .25f));
        List<Port> inputs = List.of(new Port("image", IMAGE, Optional.of(format)));
        List<Port> outputs = List.of(new Port("logits", Shape.of(4), Optional.empty()));
        var trace = Tracer.trace(
                new ComparedImages(),
                List.of(new PortShape("image", IMAGE.dims())),
                List.of(new PortShape("logits", List.of(4))));
        CompileRequest request = new CompileRequest("test.ComparedImages", inputs, outputs, targets, 2, trace);
        return OctetCompiler.compile(request, new CudaWriter(), DumpSink.NONE);
    }

    /** Random weights of a layer, by name. */
    static QuantizedLayer layer(String name, long seed) {
        return switch (name) {
            case "x" -> layer(name, CHANNELS, 9, IMAGE.channels(), seed);
            case "y" -> layer(name, CHANNELS, 1, IMAGE.channels(), seed);
            default -> layer(name, 4, 1, CHANNELS, seed);
        };
    }

    private static QuantizedLayer layer(String name, int out, int taps, int in, long seed) {
        Random random = new Random(seed + name.hashCode());
        byte[] weights = new byte[out * taps * in];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (random.nextInt(255) - 127);
        }
        float[] scale = new float[out];
        float[] bias = new float[out];
        for (int c = 0; c < out; c++) {
            scale[c] = 0.01f + random.nextFloat() / 100;
            bias[c] = random.nextFloat() - 0.5f;
        }
        return new QuantizedLayer(name, out, taps, in, weights, scale, bias);
    }
}
