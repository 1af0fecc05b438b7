package dev.octet.tools.onnx;

import dev.octet.testkit.onnx.OnnxGraph;
import dev.octet.testkit.onnx.OnnxGraph.Attribute;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.ProtoWriter;
import dev.octet.testkit.onnx.TensorData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Small models, and imports of them. */
final class SmallModel {
    private final OnnxGraph graph = new OnnxGraph();

    SmallModel input(String name, long... dims) {
        graph.input(name, OnnxType.FLOAT, LongStream.of(dims).boxed().toList());
        return this;
    }

    SmallModel output(String name, int rank) {
        graph.output(name, OnnxType.FLOAT, new ArrayList<>(java.util.Collections.nCopies(rank, 0L)));
        return this;
    }

    /** Floats that count up. */
    SmallModel weight(String name, long... dims) {
        float[] values = new float[(int) LongStream.of(dims).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 7 - 3) / 4f;
        }
        graph.constant(TensorData.of(name, LongStream.of(dims).boxed().toList(), values));
        return this;
    }

    SmallModel constant(ProtoWriter tensor) {
        graph.constant(tensor);
        return this;
    }

    SmallModel integers(String name, int... values) {
        graph.constant(TensorData.of(name, OnnxType.INT64, List.of((long) values.length), values));
        return this;
    }

    SmallModel node(String operator, List<String> inputs, String output, Attribute... attributes) {
        graph.node("", operator, inputs, output, attributes);
        return this;
    }

    /** A 3x3 convolution, with padding and a bias. */
    SmallModel conv(String name, String input, String output, long in, long out, long stride) {
        weight(name + ".weight", out, in, 3, 3).weight(name + ".bias", out);
        return node(
                "Conv",
                List.of(input, name + ".weight", name + ".bias"),
                output,
                ints("pads", 1, 1, 1, 1),
                ints("strides", stride, stride));
    }

    static Attribute ints(String name, long... values) {
        return new Attribute.Ints(name, LongStream.of(values).boxed().toList());
    }

    byte[] bytes(int opset) {
        return graph.model(opset);
    }

    /** A network of two stages of residual blocks, of every form that the file format has for numbers. */
    static byte[] residual() {
        SmallModel model = new SmallModel().input("image", 0, 3, 8, 8).conv("conv1", "image", "c", 3, 4, 1);
        model.node("Relu", List.of("c"), "stage1.0.in");
        String x = "stage1.0.in";
        for (int i = 0; i < 3; i++) {
            x = model.block("stage1." + i, x, 4, 4, 1);
        }
        x = model.block("stage2.0", x, 4, 8, 2);
        x = model.block("stage2.1", x, 8, 8, 1);
        return model.node("GlobalAveragePool", List.of(x), "pooled")
                .node("Flatten", List.of("pooled"), "flat")
                .weight("fc.weight", 5, 8)
                .weight("fc.bias", 5)
                .node("Gemm", List.of("flat", "fc.weight", "fc.bias"), "scores", new Attribute.Int("transB", 1))
                .output("scores", 2)
                .bytes(13);
    }

    private String block(String name, String x, long in, long out, long stride) {
        conv(name + ".conv1", x, name + ".a", in, out, stride);
        node("Relu", List.of(name + ".a"), name + ".b");
        conv(name + ".conv2", name + ".b", name + ".c", out, out, 1);
        String shortcut = x;
        if (in != out) {
            weight(name + ".down.weight", out, in, 1, 1);
            shortcut = name + ".s";
            node("Conv", List.of(x, name + ".down.weight"), shortcut, ints("strides", stride, stride));
        }
        node("Add", List.of(name + ".c", shortcut), name + ".d");
        node("Relu", List.of(name + ".d"), name + ".e");
        return name + ".e";
    }

    /** A {@code TensorProto} of floats that are not raw, in one field or in many. */
    static ProtoWriter unpacked(String name, boolean packed, long[] dims, float... values) {
        ProtoWriter tensor = new ProtoWriter();
        LongStream.of(dims).forEach(dim -> tensor.number(1, dim));
        tensor.number(2, OnnxType.FLOAT.number()).string(8, name);
        if (packed) {
            byte[] raw =
                    TensorData.of("", List.of((long) values.length), values).raw();
            return tensor.bytes(4, raw);
        }
        for (float value : values) {
            tensor.number(4, value);
        }
        return tensor;
    }

    /** A {@code TensorProto} whose floats are in another file. */
    static ProtoWriter external(String name, String location, String offset, long... dims) {
        ProtoWriter tensor = new ProtoWriter();
        LongStream.of(dims).forEach(dim -> tensor.number(1, dim));
        return tensor.number(2, OnnxType.FLOAT.number())
                .string(8, name)
                .message(13, new ProtoWriter().string(1, "location").string(2, location))
                .message(13, new ProtoWriter().string(1, "offset").string(2, offset))
                .number(14, 1);
    }

    /** Imports a file to a folder. */
    static OnnxImport.Result run(Path file, Path folder) {
        return run(file, folder, "");
    }

    /** Imports a file with a shape. */
    static OnnxImport.Result run(Path file, Path folder, String shape) {
        return OnnxImport.run(options(file, folder, OptionText.shapes(shape), Optional.empty(), true));
    }

    static ImportOptions options(
            Path file, Path folder, Map<String, List<Integer>> shapes, Optional<ImageOption> image, boolean replace) {
        return new ImportOptions(
                file, "com.acme.Sample", folder.resolve("java"), folder.resolve("octet"), shapes, image, 8, replace);
    }

    /** Imports bytes and returns the class. */
    static String source(byte[] model, Path folder) throws IOException {
        Path file = Files.write(folder.resolve("sample.onnx"), model);
        return new String(Files.readAllBytes(run(file, folder).source()), StandardCharsets.UTF_8);
    }
}
