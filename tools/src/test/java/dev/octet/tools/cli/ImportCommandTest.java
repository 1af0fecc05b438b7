package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.testkit.onnx.OnnxGraph;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @TempDir
    private Path folder;

    private String model;

    @BeforeEach
    void write() throws IOException {
        byte[] bytes = new OnnxGraph()
                .input("photo", OnnxType.FLOAT, List.of(0L, 3L, 0L, 0L))
                .constant(TensorData.of("conv.weight", List.of(2L, 3L, 1L, 1L), 1, 2, 3, 4, 5, 6))
                .node("", "Conv", List.of("photo", "conv.weight"), "y")
                .output("y", OnnxType.FLOAT, List.of(0L, 2L, 0L, 0L))
                .model(17);
        model = Files.write(folder.resolve("photo.onnx"), bytes).toString();
    }

    private Command run(String... more) {
        String[] first = {
            "import",
            model,
            "com.acme.Photo",
            "--sources",
            folder.resolve("java").toString(),
            "--dir",
            folder.resolve("octet").toString()
        };
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return Command.run(all);
    }

    @Test
    void writesAClassForImages() throws IOException {
        String said = run(
                        "--shape",
                        "3x6x7",
                        "--image",
                        "BGR",
                        "--scale",
                        "1/255",
                        "--std",
                        ".5,.25,2",
                        "--max-batch",
                        "3")
                .success();

        Path source = folder.resolve("java/com/acme/Photo.java");
        assertThat(said).contains("1 node -> " + source, "photo.safetensors");
        assertThat(Files.readString(source))
                .contains(
                        "maxBatch = 3", "shape = {3, 6, 7}", "order = BGR", "scale = 1 / 255f", "std = {.5f, .25f, 2}");
    }

    @Test
    void saysInOneLineWhatIsWrong() {
        assertThat(run().failure()).startsWith("[OCTET-ONNX-006] Input 'photo'").hasLineCount(1);
        assertThat(run("--shape", "3,6,7").failure()).startsWith("[OCTET-ONNX-007] Option shape is \"3,6,7\"");
        assertThat(run("--shape", "3x6x7", "--mean", "1").failure()).startsWith("[OCTET-ONNX-007] Option image");
        assertThat(run("--shape", "3x6x7", "--image", "rgb").failure()).contains("[GRAY, RGB, BGR]");
        assertThat(run("--shape", "3x6x7", "--image", "GRAY").failure())
                .contains("0 inputs of the model have 1 channels");
        assertThat(Command.run("import", model, "com.acme.1st").failure()).contains("Option class is \"com.acme.1st\"");
        assertThat(Command.run("import", model).exit()).isEqualTo(2);
    }
}
