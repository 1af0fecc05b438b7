package dev.octet.tools.onnx;

import dev.octet.testkit.DiagnosticExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A mistake for each code of the importer. */
class OnnxExamplesTest {
    @TempDir
    private Path folder;

    private void run(byte[] model) throws IOException {
        SmallModel.run(Files.write(folder.resolve("fashion.onnx"), model), folder);
    }

    private static SmallModel relu(long... input) {
        return new SmallModel()
                .input("x", input)
                .node("Relu", List.of("x"), "y")
                .output("y", input.length);
    }

    private void external() throws IOException {
        SmallModel model = new SmallModel()
                .input("x", 0, 1)
                .constant(SmallModel.external("fc.weight", "fashion.data", "0", 1, 2))
                .node("MatMul", List.of("x", "fc.weight"), "y")
                .output("y", 2);
        run(model.bytes(17));
    }

    private void existing() throws IOException {
        Path file = Files.write(folder.resolve("fashion.onnx"), relu(0, 4).bytes(17));
        ImportOptions options = SmallModel.options(file, folder, Map.of(), Optional.empty(), false);
        Files.createDirectories(options.sourceFile().getParent());
        Files.writeString(options.sourceFile(), "// my own");
        OnnxImport.run(options);
    }

    private void many() throws IOException {
        SmallModel model = new SmallModel().input("x", 0, 4);
        for (int i = 0; i < 100_001; i++) {
            model.node("Relu", List.of("x"), "y" + i);
        }
        run(model.output("y0", 2).bytes(17));
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .thrown("OCTET-ONNX-001", () -> SmallModel.run(folder.resolve("absent.onnx"), folder))
                .thrown(
                        "OCTET-ONNX-002",
                        () -> run("<html><body>404".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .thrown("OCTET-ONNX-003", () -> run(relu(0, 4).bytes(7)))
                .thrown("OCTET-ONNX-004", this::external)
                .thrown(
                        "OCTET-ONNX-005",
                        () -> run(new SmallModel()
                                .input("x", 0, 4)
                                .node("Cos", List.of("x"), "y")
                                .output("y", 2)
                                .bytes(17)))
                .thrown("OCTET-ONNX-006", () -> run(relu(0, 3, 0, 0).bytes(17)))
                .thrown("OCTET-ONNX-007", () -> ImageOption.of("RGB", "1/255", ".5,.5", ""))
                .thrown("OCTET-ONNX-008", this::existing)
                .thrown("OCTET-ONNX-009", this::many)
                .thrown(
                        "OCTET-ONNX-010",
                        () -> run(new SmallModel()
                                .input("x", 0, 4)
                                .node("Softmax", List.of("x"), "s", SmallModel.ints("unused", 1))
                                .node("LeakyRelu", List.of("s"), "y", infinite())
                                .output("y", 2)
                                .bytes(17)))
                .thrown(
                        "OCTET-ONNX-011",
                        () -> SmallModel.run(
                                Files.write(
                                        folder.resolve("fashion.onnx"),
                                        relu(0, 4).bytes(17)),
                                folder,
                                "image=3x8x8"))
                .tests(Stream.of(OnnxCode.values()).map(OnnxCode::id));
    }

    private static dev.octet.testkit.onnx.OnnxGraph.Attribute infinite() {
        return new dev.octet.testkit.onnx.OnnxGraph.Attribute.Decimal("alpha", Float.POSITIVE_INFINITY);
    }
}
