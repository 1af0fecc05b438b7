package dev.octet.tools.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.octet.plan.weights.Safetensors;
import dev.octet.testkit.DamagedCopies;
import dev.octet.testkit.onnx.OnnxGraph.Attribute;
import dev.octet.testkit.onnx.ProtoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models and weights that are not what they should be: each is imported, or refused with a diagnostic, in bounded memory and
 * time. {@code -Doctet.fuzz=<n>} sets how many copies of small models there are.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedModelsTest {
    private static final int CASES = Integer.getInteger("octet.fuzz", 15_000);
    private static final long MOST_BYTES = 512L << 20;

    @TempDir
    private Path folder;

    private boolean imports(byte[] model) throws IOException {
        Path file = Files.write(folder.resolve("model.onnx"), model);
        OnnxImport.Result result = SmallModel.run(file, folder);
        return Files.size(result.source()) > 0 && Files.size(result.weights()) > 0;
    }

    /** Shapes that are computed, numbers of all forms, and functions that are taken apart. */
    private static byte[] computed() {
        return new SmallModel()
                .input("x", 0, 2, 4, 4)
                .constant(SmallModel.unpacked("w", true, new long[] {3, 2, 2, 2}, new float[24]))
                .constant(SmallModel.unpacked("three", false, new long[0], 3))
                .constant(SmallModel.unpacked("zero", false, new long[0], 0))
                .constant(SmallModel.unpacked("six", false, new long[0], 6))
                .integers("first", 0)
                .integers("rest", -1)
                .node("Pad", List.of("x", "pads"), "padded")
                .node("Conv", List.of("padded", "w"), "c", SmallModel.ints("strides", 2, 2))
                .node("Add", List.of("c", "three"), "a")
                .node("Clip", List.of("a", "zero", "six"), "l")
                .node("Mul", List.of("c", "l"), "m")
                .node("Div", List.of("m", "six"), "h")
                .node("Shape", List.of("h"), "shape")
                .node("Gather", List.of("shape", "first"), "n")
                .node("Concat", List.of("n", "rest"), "to", new Attribute.Int("axis", 0))
                .node("Reshape", List.of("h", "to"), "flat")
                .weight("fc", 12, 2)
                .node("MatMul", List.of("flat", "fc"), "y")
                .integers("pads", 0, 0, 0, 0, 0, 0, 1, 1)
                .output("y", 2)
                .bytes(13);
    }

    private static byte[] branches() {
        return new SmallModel()
                .input("x", 0, 4, 4, 4)
                .integers("sizes", 1, 3)
                .node("Slice", List.of("x", "from", "to", "axis"), "s")
                .integers("from", 1)
                .integers("to", 3)
                .integers("axis", 1)
                .node("Concat", List.of("x", "s"), "j", new Attribute.Int("axis", 1))
                .node(
                        "MaxPool",
                        List.of("j"),
                        "p",
                        SmallModel.ints("kernel_shape", 2, 2),
                        SmallModel.ints("strides", 2, 2))
                .node("Resize", List.of("p", "", "scales"), "u", new Attribute.Text("mode", "nearest"))
                .constant(SmallModel.unpacked("scales", true, new long[] {4}, 1, 1, 2, 2))
                .node("GlobalAveragePool", List.of("u"), "g")
                .node("Sigmoid", List.of("g"), "gates")
                .node("Mul", List.of("u", "gates"), "y")
                .output("y", 4)
                .bytes(17);
    }

    @Test
    void smallModels() throws Exception {
        DamagedCopies.of("ONNX", SmallModel.residual(), computed(), branches())
                .allocating(MOST_BYTES)
                .check(CASES, CASES / 20, this::imports);
    }

    @Test
    void weights() throws Exception {
        Path file = Files.write(folder.resolve("small.onnx"), computed());
        byte[] weights = Files.readAllBytes(SmallModel.run(file, folder).weights());
        Path copy = folder.resolve("copy.safetensors");
        DamagedCopies.of("WEIGHTS", weights).check(6_000, 100, bytes -> {
            Safetensors read = Safetensors.open(Files.write(copy, bytes));
            read.tensors().keySet().forEach(read::read);
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cifar10-resnet8-mlperftiny", "cifar10-resnet20"})
    @Tag("shared-slow")
    void trainedModels(String name) throws Exception {
        Path file = Path.of("../../shared/data/models/" + name + ".onnx");
        assumeThat(file)
                .as("real networks lie beside the project, not in it: %s", file.normalize())
                .exists();
        // The structure, which is what can mislead a reader, are the first bytes; the numbers follow.
        DamagedCopies.of("ONNX", Files.readAllBytes(file))
                .allocating(MOST_BYTES)
                .check(150, 15, this::imports);
    }

    /** A tensor of an extent that no memory has, without numbers. */
    @Test
    void refusesTensorsThatAreLargerThanTheFile() {
        for (long[] dims :
                List.of(new long[] {1L << 40}, new long[] {1 << 20, 1 << 20}, new long[] {1 << 30}, new long[] {-1})) {
            ProtoWriter tensor = SmallModel.unpacked("w", true, dims, 1);
            byte[] model = new SmallModel()
                    .input("x", 0, 1)
                    .constant(tensor)
                    .node("MatMul", List.of("x", "w"), "y")
                    .output("y", 2)
                    .bytes(17);
            assertThatThrownBy(() -> imports(model))
                    .as(Arrays.toString(dims))
                    .hasMessageStartingWith("[OCTET-ONNX-002]");
        }
    }

    /** A constant that a few bytes make as large as the memory. */
    @Test
    void refusesConstantsThatGrow() {
        byte[] model = new SmallModel()
                .input("x", 0, 1)
                .integers("huge", 30000, 30000)
                .node("ConstantOfShape", List.of("huge"), "w")
                .node("MatMul", List.of("x", "w"), "y")
                .output("y", 2)
                .bytes(17);

        assertThatThrownBy(() -> imports(model))
                .hasMessageStartingWith("[OCTET-ONNX-005]")
                .hasMessageContaining("too large to be computed");
    }

    /** Messages within messages: only as deep as the format has meaning is looked. */
    @Test
    @Timeout(20)
    void refusesDeepNesting() throws IOException {
        ProtoWriter inner = new ProtoWriter().number(1, 1);
        for (int i = 0; i < 2000; i++) {
            inner = new ProtoWriter().message(5, new ProtoWriter().message(6, new ProtoWriter().message(1, inner)));
        }
        byte[] model = new ProtoWriter()
                .number(1, 8)
                .message(7, new ProtoWriter().message(1, inner))
                .message(8, new ProtoWriter().string(1, "").number(2, 17))
                .toBytes();

        assertThatThrownBy(() -> imports(model)).hasMessageStartingWith("[OCTET-ONNX-002]");
    }

    /** As many fields as fit into a large file. */
    @Test
    @Timeout(20)
    void refusesMoreFieldsThanANetworkHas() throws IOException {
        byte[] model = new byte[64 << 20];
        for (int i = 0; i < model.length; i += 2) {
            model[i] = 8;
            model[i + 1] = 1;
        }
        long start = System.nanoTime();
        assertThatThrownBy(() -> imports(model)).hasMessageStartingWith("[OCTET-ONNX-009]");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
