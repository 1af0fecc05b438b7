package dev.octet.tools.cli;

import static dev.octet.dsl.Kernel.kernel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.weights.WeightsCode;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.testkit.DiagnosticExamples;
import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WeightsExamplesTest {
    private static final String KERNEL =
            "\"conv.weight\":{\"dtype\":\"F32\",\"shape\":[5,1,3,3],\"data_offsets\":[0,180]}";

    @TempDir
    private Path folder;

    private SampleModule sample() throws IOException {
        return SampleModule.in(Files.createTempDirectory(folder, "module"));
    }

    /** What quantising says of a file of weights. */
    private String quantise(byte[] file) throws IOException {
        SampleModule module = sample();
        Files.write(module.weights(), file);
        return Command.on(module, "weights").failure();
    }

    private String quantise(String header, int numbers, float last) throws IOException {
        SampleModule module = sample();
        module.writeWeights(header, numbers(numbers, last));
        return Command.on(module, "weights").failure();
    }

    private static float[] numbers(int count, float last) {
        float[] numbers = new float[count];
        Arrays.fill(numbers, 1);
        numbers[count - 1] = last;
        return numbers;
    }

    /** One channel of a 1x1 convolution and its normalisation: weight, gamma, beta, mean, variance. */
    private String normalise(float gamma, float variance) throws IOException {
        NetworkDefinition definition = net -> net.output(
                "scores",
                net.input("image")
                        .conv2d("conv", 1, kernel(1))
                        .batchNorm("bn", 1e-5f)
                        .globalAvgPool());
        Path root = Files.createTempDirectory(folder, "norm");
        SampleModule module = SampleModule.of(root, definition, Shape.of(1, 2, 2), Map.of("scores", Shape.of(1, 1, 1)));
        StringBuilder header =
                new StringBuilder("{\"conv.weight\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1],\"data_offsets\":[0,4]}");
        int at = 4;
        for (String name : new String[] {"weight", "bias", "running_mean", "running_var"}) {
            header.append(",\"bn." + name + "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[" + at + ","
                    + (at + 4) + "]}");
            at += 4;
        }
        module.writeWeights(header + "}", 1e10f, gamma, 0, 0, variance);
        return Command.on(module, "weights").failure();
    }

    /** A row so long that the sum of its products leaves 32 bits. */
    private String accumulate() throws IOException {
        int side = 400;
        NetworkDefinition definition =
                net -> net.output("scores", net.input("image").flatten().dense("fc", 1));
        Path root = Files.createTempDirectory(folder, "wide");
        SampleModule module = SampleModule.of(root, definition, Shape.of(1, side, side), Map.of("scores", Shape.of(1)));
        int bytes = 4 * side * side;
        module.writeWeights(
                "{\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[1," + side * side + "],\"data_offsets\":[0," + bytes
                        + "]},\"fc.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[" + bytes + ","
                        + (bytes + 4) + "]}}",
                numbers(side * side + 1, 1));
        return Command.on(module, "weights").failure();
    }

    private String damageQuantised(int position, int value) throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        SampleRuns.poke(runs.quantised(), position, value);
        return runs.evaluate().failure();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @TestFactory
    Stream<DynamicTest> everyCode() {
        String bias = ",\"conv.bias\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[180,200]}}";
        return new DiagnosticExamples()
                .thrown("OCTET-WEIGHTS-001", () -> {
                    Path absent = folder.resolve("absent.safetensors");
                    Network.open(
                            sample().network().spec(), Options.onDevice("cpu").weights(absent));
                })
                .reported("OCTET-WEIGHTS-002", () -> quantise(ascii("version https://git-lfs.github.com/spec/v1\n")))
                .reported("OCTET-WEIGHTS-003", () -> {
                    byte[] file = Files.readAllBytes(sample().weights());
                    return quantise(Arrays.copyOf(file, file.length - 1));
                })
                .reported("OCTET-WEIGHTS-004", () -> quantise("{" + KERNEL + "}", 45, 1))
                .reported("OCTET-WEIGHTS-005", () -> quantise("{" + KERNEL.replace("5,1,3,3", "5,3,3,1") + bias, 50, 1))
                .reported(
                        "OCTET-WEIGHTS-006",
                        () -> quantise(
                                ("{" + KERNEL + bias)
                                        .replace("0,180]", "0,360]")
                                        .replace("F32\",\"shape\":[5,", "F64\",\"shape\":[5,")
                                        .replace("180,200", "360,380"),
                                95,
                                1))
                .reported("OCTET-WEIGHTS-007", () -> quantise("{" + KERNEL + bias, 50, Float.NaN))
                .reported("OCTET-WEIGHTS-008", () -> normalise(1, -1))
                .reported("OCTET-WEIGHTS-009", () -> normalise(1e30f, 0))
                .reported("OCTET-WEIGHTS-010", this::accumulate)
                .reported("OCTET-WEIGHTS-011", () -> damageQuantised(100, 77))
                .reported("OCTET-WEIGHTS-012", () -> damageQuantised(8, 2))
                .reported("OCTET-WEIGHTS-013", () -> {
                    SampleRuns runs = SampleRuns.in(folder);
                    String images = runs.images().toString();
                    Command.on(runs.module(), "correct", SampleModule.NETWORK, "--images", images)
                            .success();
                    Command.on(runs.module(), "weights").success();
                    SampleRuns.edit(runs.table(), "image [0-9.]+", "image 7");
                    return runs.evaluate().failure();
                })
                .tests(Stream.of(WeightsCode.values()).map(WeightsCode::id));
    }

    static Stream<Arguments> foreignFiles() {
        String zip = "PK\3\4" + ".".repeat(26);
        return Stream.of(
                Arguments.of("", "it is empty"),
                Arguments.of("abc", "it has only 3 bytes"),
                Arguments.of("<!DOCTYPE html><title>404", "it starts like a web page; download the file itself"),
                Arguments.of(zip + "archive/data.pkl", "it looks like a PyTorch file; save its state_dict"),
                Arguments.of(zip + "weight.npy", "it looks like an archive of NumPy arrays"),
                Arguments.of(zip + "config.json", "it looks like a zip archive"),
                Arguments.of(
                        "\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P",
                        "it looks like a PyTorch file of the old form"),
                Arguments.of("\b\b\u0012\7pytorch\u0012", "it looks like an ONNX model"),
                Arguments.of("\u0089HDF\r\n\u001a\n", "it looks like an HDF5 file"),
                Arguments.of("\u001f\u008b\b\0\0\0\0\0", "it is compressed by gzip"),
                Arguments.of("\u0093NUMPY\1\0", "it looks like a NumPy array"));
    }

    @ParameterizedTest
    @MethodSource("foreignFiles")
    void saysWhatElseTheFileIs(String content, String found) throws IOException {
        assertThat(quantise(ascii(content))).contains("OCTET-WEIGHTS-003").contains(found);
    }
}
