package dev.octet.cuda;

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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Image [1,2,3] -> quantize -> dequantize -> output, as small as a network can be that uses constants, padded pixels and
 * memory that two values share; with kernels in Java.
 */
final class TinyNetwork {
    static final int MAX_BATCH = 5;
    static final int PIXELS = 6;
    static final float STEP = 0.5f;
    private static final Shape SHAPE = Shape.of(1, 2, 3);
    private static final ImageFormat FORMAT =
            new ImageFormat(ImageFormat.ChannelOrder.GRAY, 1f, List.of(0f), List.of(1f));
    static final Step QUANTIZE = step("quantize_k", 'a', 1, 0, Geometry.of(PIXELS, 4, 1, 32));
    static final Step DEQUANTIZE = step("dequantize_k", 'b', 2, 1, Geometry.of(PIXELS, 8, 2, 64));

    private TinyNetwork() {}

    private static Step step(String kernel, char hash, int op, int input, Geometry geometry) {
        return new Step(
                new Region(List.of(op), List.of(input), List.of(op)),
                new Step.Kernel(kernel, String.valueOf(hash).repeat(32)),
                geometry,
                List.of(new Argument.Value(input), new Argument.Value(op), new Argument.Constants(op)),
                List.of(),
                Step.Workspace.NONE);
    }

    /** The image's memory is reused by the results. */
    static LaunchProgram program(List<Step> steps) {
        List<Buffer> buffers =
                List.of(new Buffer(0, 0, PIXELS), new Buffer(1, 256, PIXELS * 16), new Buffer(2, 0, PIXELS * 4));
        return new LaunchProgram(Target.SM_61, 1, MAX_BATCH, buffers, 512, steps);
    }

    static Plan plan(List<LaunchProgram> programs) {
        TensorType pixels = TensorType.pixels(SHAPE).withStorage(ChannelMap.dense(1));
        TensorType bytes = TensorType.quantized(ElementType.S8, SHAPE, "image").withStorage(ChannelMap.padded(1));
        TensorType floats = TensorType.f32(SHAPE).withStorage(ChannelMap.dense(1));
        Graph int8 = new Graph(
                Stage.LAID_OUT,
                List.of(
                        node(0, "image", new Op.Input(), List.of(), pixels),
                        node(1, "image.q", new Op.Quantize(), List.of(0), bytes),
                        node(2, "image.dq", new Op.Dequantize(), List.of(1), floats),
                        node(3, "out", new Op.Output(), List.of(2), floats)));
        TensorType logical = TensorType.f32(SHAPE);
        Graph fp32 = new Graph(
                Stage.FOLDED,
                List.of(
                        node(0, "image", new Op.Input(), List.of(), logical),
                        node(1, "out", new Op.Output(), List.of(0), logical)));
        Port image = new Port("image", SHAPE, Optional.of(FORMAT));
        Port out = new Port("out", SHAPE, Optional.empty());
        return new Plan("test.Tiny", MAX_BATCH, List.of(image), List.of(out), fp32, int8, programs);
    }

    /** A plan whose output is the softmax of another's. */
    static Plan withSoftmax(Plan plan) {
        List<Node> nodes = new ArrayList<>(plan.int8().nodes());
        Node output = nodes.remove(nodes.size() - 1);
        nodes.add(node(4, "odds", new Op.Softmax(), output.inputs(), output.type()));
        nodes.add(node(output.id(), output.name(), output.op(), List.of(4), output.type()));
        Graph int8 = new Graph(Stage.LAID_OUT, nodes);
        return new Plan(
                plan.network(), plan.maxBatch(), plan.inputs(), plan.outputs(), plan.fp32(), int8, plan.programs());
    }

    private static Node node(int id, String name, Op op, List<Integer> inputs, TensorType type) {
        return new Node(id, name, op, inputs, type, Optional.empty());
    }

    static NetworkImage image(Plan plan) {
        Map<Integer, Constants> constants =
                Map.of(1, new Constants.PixelTable(table()), 2, new Constants.Dequantize(STEP));
        return new NetworkImage(plan, Map.of(), constants, (target, kernel) -> Optional.of("PTX of " + kernel.name()));
    }

    static Plan plan() {
        return plan(List.of(program(List.of(QUANTIZE, DEQUANTIZE))));
    }

    static NetworkImage image() {
        return image(plan());
    }

    private static byte[] table() {
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            table[i] = quantized(i);
        }
        return table;
    }

    static byte quantized(int pixel) {
        return (byte) (pixel * 7 % 255 - 127);
    }

    /** A driver of a device of that compute capability, with this network's kernels. */
    static FakeDriver driver(int capability) {
        FakeDriver driver = new FakeDriver(capability);
        driver.kernels.put("quantize_k", (d, extents, arguments) -> {
            int n = arguments.getInt(32);
            ByteBuffer in = d.at(arguments.getLong(0), n * PIXELS);
            ByteBuffer out = d.at(arguments.getLong(8), n * PIXELS * 16);
            ByteBuffer table = d.at(arguments.getLong(16), 256);
            for (int i = 0; i < n * PIXELS; i++) {
                out.position(i * 16).put(new byte[16]);
                out.put(i * 16, table.get(in.get(i) & 0xff));
            }
        });
        driver.kernels.put("dequantize_k", (d, extents, arguments) -> {
            int n = arguments.getInt(32);
            ByteBuffer in = d.at(arguments.getLong(0), n * PIXELS * 16);
            ByteBuffer out = d.at(arguments.getLong(8), n * PIXELS * 4);
            float step = d.at(arguments.getLong(16), 4).getFloat(0);
            for (int i = 0; i < n * PIXELS; i++) {
                out.putFloat(i * 4, in.get(i * 16) * step);
            }
        });
        return driver;
    }
}
