package dev.octet.simulated;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Step;
import dev.octet.plan.quant.Constants;
import dev.octet.runtime.device.NetworkImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Image [1,2,3] -> quantize -> dequantize -> output, with kernels in PTX that tests can spoil, launched as early as can be. */
final class TinyNetwork {
    static final int MAX_BATCH = 5;
    static final int PIXELS = 6;
    static final float STEP = 0.5f;
    private static final Shape SHAPE = Shape.of(1, 2, 3);

    private TinyNetwork() {}

    private static Step step(String kernel, char hash, int op, int input) {
        return new Step(
                new Region(List.of(op), List.of(input), List.of(op)),
                new Step.Kernel(kernel, String.valueOf(hash).repeat(32)),
                new Geometry(PIXELS, 32, 1, 32, 0, 1, true),
                List.of(new Argument.Value(input), new Argument.Value(op), new Argument.Constants(op)),
                List.of(),
                Step.Workspace.NONE);
    }

    /** The results use the image's memory again. */
    private static LaunchProgram program() {
        List<Buffer> buffers =
                List.of(new Buffer(0, 0, PIXELS), new Buffer(1, 256, PIXELS * 16), new Buffer(2, 0, PIXELS * 4));
        List<Step> steps = List.of(step("quantize_k", 'a', 1, 0), step("dequantize_k", 'b', 2, 1));
        return new LaunchProgram(Target.SM_61, 1, MAX_BATCH, buffers, 512, steps);
    }

    private static Plan plan() {
        TensorType pixels = TensorType.pixels(SHAPE).withStorage(ChannelMap.dense(1));
        TensorType bytes = TensorType.quantized(ElementType.S8, SHAPE, "image").withStorage(ChannelMap.padded(1));
        TensorType floats = TensorType.f32(SHAPE).withStorage(ChannelMap.dense(1));
        List<Node> int8 = List.of(
                node(0, "image", new Op.Input(), List.of(), pixels),
                node(1, "image.q", new Op.Quantize(), List.of(0), bytes),
                node(2, "image.dq", new Op.Dequantize(), List.of(1), floats),
                node(3, "out", new Op.Output(), List.of(2), floats));
        TensorType logical = TensorType.f32(SHAPE);
        List<Node> fp32 = List.of(
                node(0, "image", new Op.Input(), List.of(), logical),
                node(1, "out", new Op.Output(), List.of(0), logical));
        ImageFormat format = new ImageFormat(ImageFormat.ChannelOrder.GRAY, 1f, List.of(0f), List.of(1f));
        return new Plan(
                "test.Tiny",
                MAX_BATCH,
                List.of(new Port("image", SHAPE, Optional.of(format))),
                List.of(new Port("out", SHAPE, Optional.empty())),
                new Graph(Stage.FOLDED, fp32),
                new Graph(Stage.LAID_OUT, int8),
                List.of(program()));
    }

    private static Node node(int id, String name, Op op, List<Integer> inputs, TensorType type) {
        return new Node(id, name, op, inputs, type, Optional.empty());
    }

    /** The kernels as those of devices that begin them before earlier ones have ended. */
    static String waiting(String ptx) {
        String first = "\tmov.u32 %r1, %tid.x;";
        return ptx.replace(".target sm_61", ".target sm_90").replace(first, "\tgriddepcontrol.wait;\n" + first);
    }

    /** The network; {@code spoil} may change the text of its PTX. */
    static NetworkImage image(UnaryOperator<String> spoil) {
        Map<Integer, Constants> constants =
                Map.of(1, new Constants.PixelTable(table()), 2, new Constants.Dequantize(STEP));
        String ptx = spoil.apply(ptx());
        return new NetworkImage(plan(), Map.of(), constants, new NetworkImage.Kernels() {
            @Override
            public Optional<String> ptx(Target target, Step.Kernel kernel) {
                return Optional.of(ptx);
            }

            @Override
            public Optional<byte[]> cubin(Target target, Step.Kernel kernel, int capability) {
                throw new AssertionError("the simulator runs no machine code");
            }
        });
    }

    private static String ptx() {
        try (InputStream in = TinyNetwork.class.getResourceAsStream("tiny.ptx")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] table() {
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            table[i] = quantized(i);
        }
        return table;
    }

    private static byte quantized(int pixel) {
        return (byte) (pixel * 7 % 255 - 127);
    }

    /** The result for a pixel. */
    static float expected(byte pixel) {
        return quantized(pixel & 0xff) * STEP;
    }
}
