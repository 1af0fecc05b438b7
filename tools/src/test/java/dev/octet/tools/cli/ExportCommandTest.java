package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.testkit.onnx.ProtoMessage;
import dev.octet.tools.SampleModule;
import dev.octet.tools.TableInstall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code export}. */
class ExportCommandTest {
    private static final int UINT8 = 2;

    @TempDir
    private Path folder;

    private SampleRuns runs;
    private Path model;

    @BeforeEach
    void build() throws IOException {
        runs = SampleRuns.in(folder);
        model = folder.resolve("model.onnx");
    }

    private Command export(String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(
                new String[] {"export", SampleModule.NETWORK, "--model", model.toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Command.on(runs.module(), arguments);
    }

    private ProtoMessage graph() throws IOException {
        return ProtoMessage.parse(Files.readAllBytes(model)).message(7);
    }

    private List<String> operators() throws IOException {
        return graph().messages(1).stream().map(node -> node.string(4)).toList();
    }

    @Test
    void writesPairsRoundEveryOperator() throws IOException {
        assertThat(export("--flavour", "ort").success()).contains("model.onnx: 11 nodes");
        // The weight, the bias, and the mean: unsigned bytes cut off what a ReLU would.
        assertThat(operators())
                .containsExactly(
                        "QuantizeLinear",
                        "DequantizeLinear",
                        "DequantizeLinear",
                        "DequantizeLinear",
                        "Conv",
                        "QuantizeLinear",
                        "DequantizeLinear",
                        "GlobalAveragePool",
                        "QuantizeLinear",
                        "DequantizeLinear",
                        "Flatten");
    }

    @Test
    void tensorRtHasFloatBiasesAndExplicitActivations() throws IOException {
        export("--flavour", "tensorrt").success();
        assertThat(operators().subList(2, 5)).containsExactly("DequantizeLinear", "Conv", "Relu");
        assertThat(graph().messages(5).stream().map(tensor -> tensor.number(2, 0)))
                .as("types of constants")
                .doesNotContain((long) UINT8);
    }

    @Test
    void pixelsArePreparedByTheModel() throws IOException {
        export("--flavour", "ort", "--pixels").success();
        assertThat(operators().subList(0, 5)).containsExactly("Transpose", "Cast", "Mul", "Sub", "Div");
        ProtoMessage type = graph().messages(11).get(0).message(2).message(1);
        assertThat(type.number(1, 0)).isEqualTo(UINT8);
        assertThat(type.message(2).messages(1).subList(1, 4).stream().map(extent -> extent.number(1, 0)))
                .containsExactly(6L, 7L, 1L);
    }

    @Test
    void equalInputsHaveEqualFilesAndOthersAreNotReplaced() throws IOException {
        export("--flavour", "ort").success();
        byte[] first = Files.readAllBytes(model);
        export("--flavour", "ort").success();
        assertThat(model).hasBinaryContent(first);
        assertThat(export("--flavour", "tensorrt").failure()).contains("OCTET-ONNX-008", "--replace");
        assertThat(model).hasBinaryContent(first);
        export("--flavour", "tensorrt", "--replace").success();
        assertThat(Files.readAllBytes(model)).isNotEqualTo(first);
    }

    @Test
    void needsTheTableOfTheseWeights() throws IOException {
        runs.module().writeWeights(7);
        assertThat(export("--flavour", "ort").failure()).contains("OCTET-TABLE-005");
        Files.delete(TableInstall.source(runs.module().sources(), SampleModule.NETWORK));
        assertThat(export("--flavour", "ort").failure()).contains("OCTET-BUILD-010");
        assertThat(model).doesNotExist();
    }
}
