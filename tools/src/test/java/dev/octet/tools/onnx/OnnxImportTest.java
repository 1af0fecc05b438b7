package dev.octet.tools.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.weights.Safetensors;
import dev.octet.testkit.onnx.OnnxGraph.Attribute;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxImportTest {
    @TempDir
    private Path folder;

    /** What a person would write: methods for the two forms of blocks, and a loop. */
    @Test
    void writesWhatAPersonWouldWrite() throws IOException {
        Path file = Files.write(folder.resolve("residual.onnx"), SmallModel.residual());
        Optional<ImageOption> image = ImageOption.of("RGB", "1/255", ".485,.456,.406", ".229,.224,.225");
        OnnxImport.Result result = OnnxImport.run(SmallModel.options(file, folder, Map.of(), image, false));

        try (InputStream golden = getClass().getResourceAsStream("/golden/Sample.java")) {
            assertThat(Files.readString(result.source()))
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void writesTheSizeThatImageFilesAreScaledTo() throws IOException {
        Path file = Files.write(folder.resolve("residual.onnx"), SmallModel.residual());
        for (String std : new String[] {".5,.5,.5", ""}) {
            Optional<ImageOption> image = ImageOption.of("RGB", "1/255", "", std, 9);
            OnnxImport.Result result =
                    OnnxImport.run(SmallModel.options(file, folder.resolve("of" + std), Map.of(), image, false));
            assertThat(result.source()).content().containsPattern("scale = 1 / 255f,[^)]*resize = 9\\)\\)");
        }
        assertThatThrownBy(() -> ImageOption.of("RGB", "1", "", "", -1)).hasMessageContaining("OCTET-ONNX-007");
        assertThatThrownBy(() -> ImageOption.of("", "1", "", "", 256)).hasMessageContaining("OCTET-ONNX-007");
    }

    @Test
    void writesTheSameBytesEachTime() throws IOException {
        Path file = Files.write(folder.resolve("residual.onnx"), SmallModel.residual());
        OnnxImport.Result one = SmallModel.run(file, folder.resolve("one"));
        OnnxImport.Result other = SmallModel.run(file, folder.resolve("other"));

        assertThat(one.source()).hasSameBinaryContentAs(other.source());
        assertThat(one.weights()).hasSameBinaryContentAs(other.weights());
    }

    @Test
    void keepsNamesAndNumbersOfWeights() throws IOException {
        Path file = Files.write(folder.resolve("residual.onnx"), SmallModel.residual());
        Safetensors weights = Safetensors.open(SmallModel.run(file, folder).weights());

        assertThat(weights.tensors())
                .hasSize(2 * 12 + 1)
                .containsKeys("conv1.weight", "stage2.0.down.weight", "stage1.2.conv2.bias", "fc.bias");
        assertThat(weights.tensor("stage2.0.conv1.weight").shape()).isEqualTo(List.of(8, 4, 3, 3));
        assertThat(weights.read("fc.bias")).containsExactly(-.75f, -.5f, -.25f, 0, .25f);
        assertThat(weights.metadata()).containsEntry("source", "residual.onnx");
    }

    @Test
    void readsNumbersInAllTheirForms() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(9).putFloat(9).putFloat(5).putFloat(6).putFloat(7);
        Files.createDirectories(folder.resolve("data"));
        Files.write(folder.resolve("data/weights.bin"), data.array());
        SmallModel model = new SmallModel()
                .input("x", 0, 1)
                .constant(SmallModel.unpacked("a.weight", true, new long[] {1, 2}, 1, 2))
                .constant(SmallModel.unpacked("b.weight", false, new long[] {2, 1}, 3, 4))
                .constant(SmallModel.external("c.weight", "data/weights.bin", "8", 1, 3))
                .node("MatMul", List.of("x", "a.weight"), "a")
                .node("MatMul", List.of("a", "b.weight"), "b")
                .node("MatMul", List.of("b", "c.weight"), "out")
                .output("out", 2);
        Path file = Files.write(folder.resolve("forms.onnx"), model.bytes(17));
        Safetensors weights = Safetensors.open(SmallModel.run(file, folder).weights());

        assertThat(weights.read("a.weight")).containsExactly(1, 2);
        assertThat(weights.read("b.weight")).containsExactly(3, 4);
        assertThat(weights.read("c.weight")).containsExactly(5, 6, 7);
        assertThat(weights.tensor("c.weight").shape()).isEqualTo(List.of(3, 1));
    }

    /** Names of torch.onnx, whose constants have none where normalisations were folded. */
    @Test
    void namesLayersAfterModules() throws IOException {
        SmallModel model = new SmallModel()
                .input("x", 0, 2, 4, 4)
                .weight("onnx::Conv_17", 2, 2, 1, 1)
                .weight("onnx::Conv_20", 2, 2, 1, 1)
                .node("Conv", List.of("x", "onnx::Conv_17"), "/layer1/layer1.0/conv1/Conv_output_0")
                .node("Conv", List.of("/layer1/layer1.0/conv1/Conv_output_0", "onnx::Conv_20"), "12")
                .output("12", 4);

        assertThat(SmallModel.source(model.bytes(17), folder))
                .contains(
                        "conv2d(\"layer1.0.conv1\", 2, kernel(1))",
                        "conv2d(\"12\", 2, kernel(1))",
                        "name = \"output\"");
    }

    @Test
    void givesEachLayerOfASharedWeightItsName() throws IOException {
        SmallModel model = new SmallModel()
                .input("x", 0, 2, 4, 4)
                .weight("shared.weight", 2, 2, 1, 1)
                .node("Conv", List.of("x", "shared.weight"), "a")
                .node("Conv", List.of("a", "shared.weight"), "b")
                .output("b", 4);

        assertThat(SmallModel.source(model.bytes(17), folder)).contains("\"shared\"", "\"shared_2\"");
        assertThat(Safetensors.open(folder.resolve("octet/sample.safetensors")).tensors())
                .containsOnlyKeys("shared.weight", "shared_2.weight");
    }

    @Test
    void takesImagesWhoseChannelsComeLast() throws IOException {
        SmallModel model = new SmallModel()
                .input("x", 0, 8, 9, 3)
                .node("Transpose", List.of("x"), "t", SmallModel.ints("perm", 0, 3, 1, 2))
                .conv("c", "t", "y", 3, 4, 1)
                .output("y", 4);

        assertThat(SmallModel.source(model.bytes(17), folder))
                .contains("shape = {3, 8, 9}", "in the model channels come last", "net.input(\"x\").conv2d(\"c\"");
    }

    @Test
    void listsEveryNodeThatIsInTheWay() throws IOException {
        SmallModel model = new SmallModel()
                .input("x", 0, 4, 6, 6)
                .integers("mixed", 2, 2, 6, 6)
                .node("Reshape", List.of("x", "mixed"), "shuffled")
                .node("Cos", List.of("x"), "cos")
                .node("Softplus", List.of("cos"), "plus")
                .node("Softsign", List.of("x"), "unused")
                .node("Transpose", List.of("x"), "t", SmallModel.ints("perm", 0, 2, 3, 1))
                .output("shuffled", 4)
                .output("plus", 4)
                .output("t", 4);

        assertThatThrownBy(() -> SmallModel.source(model.bytes(17), folder))
                .hasMessageStartingWith("[OCTET-ONNX-005] 4 of 5 nodes")
                .hasMessageContaining("\n  shuffled: Reshape([N, 4, 6, 6], constant [4]): it would put images")
                .hasMessageContaining("\n  cos: Cos([N, 4, 6, 6]): Octet does not have this operator")
                .hasMessageContaining("\n  plus: Softplus(?): Octet does not have this operator")
                .hasMessageContaining("\n  t: Transpose([N, 4, 6, 6]): Octet does not reorder axes")
                .hasMessageNotContaining("Softsign");
    }

    @Test
    void saysWhatIsGivenInsteadOfAModel() throws IOException {
        byte[] image = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n', 0};
        assertThatThrownBy(() -> SmallModel.run(Files.write(folder.resolve("x.png"), image), folder))
                .hasMessageEndingWith(
                        "x.png is not a valid ONNX model: it looks like a PNG image. Give the .onnx file, or"
                                + " export the model again.");
        byte[] weights = "\u0008\u0001\0\0\0\0\0\0{\"fc.weight\":".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> SmallModel.run(Files.write(folder.resolve("x.safetensors"), weights), folder))
                .hasMessageContaining("it looks like a safetensors file, which holds weights but no graph. Give");
        assertThatThrownBy(() -> SmallModel.run(folder, folder))
                .hasMessage("[OCTET-ONNX-001] " + folder
                        + " cannot be read: it is a folder, not a file. Check the path and its permissions.");
    }

    @Test
    void replacesNothingUnlessItIsTold() throws IOException {
        Path file = Files.write(folder.resolve("residual.onnx"), SmallModel.residual());
        ImportOptions careful = SmallModel.options(file, folder, Map.of(), Optional.empty(), false);
        OnnxImport.Result result = OnnxImport.run(careful);
        OnnxImport.run(careful);
        Files.writeString(result.source(), "// my own");

        assertThatThrownBy(() -> OnnxImport.run(careful)).hasMessageStartingWith("[OCTET-ONNX-008]");
        assertThat(result.source()).content().isEqualTo("// my own");
        SmallModel.run(file, folder);
        assertThat(result.source()).content().contains("class Sample");
    }

    @Test
    void takesNoPathsOutOfTheFolder() throws IOException {
        Files.write(folder.resolve("secret.bin"), new byte[64]);
        Path below = Files.createDirectories(folder.resolve("model"));
        Files.createSymbolicLink(below.resolve("link.bin"), folder.resolve("secret.bin"));
        for (String location :
                List.of("../secret.bin", folder.resolve("secret.bin").toString(), "link.bin", "a\\..\\b")) {
            SmallModel model = new SmallModel()
                    .input("x", 0, 1)
                    .constant(SmallModel.external("w", location, "0", 1, 2))
                    .node("MatMul", List.of("x", "w"), "y")
                    .output("y", 2);
            Path file = Files.write(below.resolve("model.onnx"), model.bytes(17));

            assertThatThrownBy(() -> SmallModel.run(file, folder))
                    .as(location)
                    .hasMessageStartingWith("[OCTET-ONNX-004]");
        }
    }

    @Test
    void refusesCyclesAndRepeatedNames() throws IOException {
        SmallModel cycle = new SmallModel()
                .input("x", 0, 2, 4, 4)
                .node("Add", List.of("x", "b"), "a")
                .node("Relu", List.of("a"), "b")
                .output("b", 4);
        SmallModel twice = new SmallModel()
                .input("x", 0, 2, 4, 4)
                .node("Relu", List.of("x"), "y")
                .node("Tanh", List.of("x"), "y")
                .output("y", 4);

        assertThatThrownBy(() -> SmallModel.source(cycle.bytes(17), folder))
                .hasMessageContaining("node 'a' uses 'b', which nothing before it makes");
        assertThatThrownBy(() -> SmallModel.source(twice.bytes(17), folder)).hasMessageContaining("'y' is made twice");
    }

    @Test
    void asksForShapesThatAreOpen() throws IOException {
        SmallModel model = new SmallModel()
                .input("x", 0, 3, 0, 0)
                .conv("c", "x", "y", 3, 2, 2)
                .output("y", 4);
        Path file = Files.write(folder.resolve("open.onnx"), model.bytes(17));

        assertThatThrownBy(() -> SmallModel.run(file, folder))
                .hasMessageStartingWith("[OCTET-ONNX-006] Input 'x'")
                .hasMessageContaining("[?, 3, ?, ?]");
        assertThatThrownBy(() -> SmallModel.run(file, folder, "1x8x8")).hasMessageStartingWith("[OCTET-ONNX-007]");
        assertThatThrownBy(() -> SmallModel.run(file, folder, "y=3x8x8")).hasMessageStartingWith("[OCTET-ONNX-011]");
        assertThat(Files.readString(SmallModel.run(file, folder, "x=3x8x10").source()))
                .contains("shape = {3, 8, 10}", "shape = {2, 4, 5}");
    }

    @Test
    void foldsNothingThatOthersUse() throws IOException {
        SmallModel model = new SmallModel()
                .input("x", 0, 2, 4, 4)
                .conv("c", "x", "a", 2, 2, 1)
                .weight("half", 1)
                .node("Mul", List.of("a", "half"), "m")
                .node("Add", List.of("a", "m"), "y", new Attribute.Int("unknown", 1))
                .output("y", 4);

        assertThat(SmallModel.source(model.bytes(17), folder)).contains("batchNorm(\"m\", 1e-5f)");
    }
}
