package dev.octet.compiler.onnx;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The conformance cases of ONNX 1.12 that have quantised operators, or operators on bytes. They come from Debian's package
 * {@code libonnx-testdata}; {@code -Doctet.onnx.testdata=<folder>} names another place.
 */
class OnnxConformanceTest {
    private static final Path DATA =
            Path.of(System.getProperty("octet.onnx.testdata", "/usr/share/libonnx-testdata/data"));

    /** Every byte, 32-bit integer and float as the case has it. */
    private static final Set<String> EXACT = Set.of(
            "test_add_uint8",
            "test_basic_convinteger",
            "test_clip_default_int8_inbounds",
            "test_clip_default_int8_min",
            "test_convinteger_with_padding",
            "test_convinteger_without_padding",
            "test_dequantizelinear",
            "test_dequantizelinear_axis",
            "test_matmulinteger",
            "test_max_int8",
            "test_max_uint8",
            "test_maxpool_2d_uint8",
            "test_mul_uint8",
            "test_qlinearconv",
            "test_qlinearmatmul_2D",
            "test_qlinearmatmul_3D",
            "test_quantizelinear",
            "test_quantizelinear_axis");

    /**
     * With the scale and zero point that the case expects, for Octet's come from calibration. It multiplies with the
     * rounded reciprocal of a scale, ONNX divides: a number at half a step may be rounded to the other side.
     */
    private static final Set<String> AT_HALF_A_STEP = Set.of(
            "test_dynamicquantizelinear",
            "test_dynamicquantizelinear_max_adjusted",
            "test_dynamicquantizelinear_min_adjusted");

    private static final String NO_SCALES = "arithmetic of integers modulo 256, which no network is quantised to";
    private static final String EXPANDED = "the numbers of the case without this suffix, by a graph of float operators";
    private static final String MINIMUM = "the smaller of two tensors is no operator of Octet";

    private static final Map<String, String> EXCLUDED = Map.ofEntries(
            entry("test_bitshift_left_uint8", NO_SCALES),
            entry("test_bitshift_right_uint8", NO_SCALES),
            entry("test_clip_default_int8_max", "an upper limit without a lower one is no activation of Octet"),
            entry("test_div_uint8", NO_SCALES),
            entry("test_dynamicquantizelinear_expanded", EXPANDED),
            entry("test_dynamicquantizelinear_max_adjusted_expanded", EXPANDED),
            entry("test_dynamicquantizelinear_min_adjusted_expanded", EXPANDED),
            entry("test_min_int8", MINIMUM),
            entry("test_min_uint8", MINIMUM),
            entry("test_mod_mixed_sign_int8", NO_SCALES),
            entry("test_mod_uint8", NO_SCALES),
            entry("test_sub_uint8", NO_SCALES));

    private static List<OnnxCase> cases() {
        assumeTrue(
                Files.isDirectory(DATA.resolve("node")),
                "no conformance cases in " + DATA + "; install Debian's package libonnx-testdata");
        List<OnnxCase> cases = new ArrayList<>();
        for (Path kind : folders(DATA)) {
            for (Path folder : folders(kind)) {
                if (Files.isRegularFile(folder.resolve("model.onnx"))) {
                    cases.add(OnnxCase.read(folder));
                }
            }
        }
        return cases.stream().filter(OnnxCase::isQuantized).toList();
    }

    private static List<Path> folders(Path parent) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
            List<Path> folders = new ArrayList<>();
            entries.forEach(folders::add);
            return folders.stream().sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyQuantizedCase() {
        return cases().stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one)));
    }

    @Test
    void allThatIsListedIsThere() {
        assertThat(cases().stream().map(OnnxCase::name))
                .containsAll(EXACT)
                .containsAll(AT_HALF_A_STEP)
                .containsAll(EXCLUDED.keySet());
    }

    private static void check(OnnxCase one) {
        String name = one.name();
        if (EXACT.contains(name) || AT_HALF_A_STEP.contains(name)) {
            compute(one);
        } else if (EXCLUDED.containsKey(name)) {
            abort(EXCLUDED.get(name));
        } else {
            fail("%s of %s is neither computed nor excluded with a reason", name, one.operators());
        }
    }

    private static void compute(OnnxCase one) {
        TensorData expected = one.output(0);
        switch (one.operators().get(0)) {
            case "QuantizeLinear" ->
                assertThat(quantization(one).quantized(input(one, 0))).isEqualTo(expected.integers());
            case "DequantizeLinear" ->
                assertThat(quantization(one).dequantized(input(one, 0))).isEqualTo(expected.floats());
            case "DynamicQuantizeLinear" -> atHalfAStep(one, expected);
            default -> assertThat(new OnnxNode(one).integers()).isEqualTo(expected.integers());
        }
    }

    private static void atHalfAStep(OnnxCase one, TensorData expected) {
        Quantization by = new Quantization(one.output(1), one.output(2), 1);
        TensorData x = input(one, 0);
        double[] exact = by.unrounded(x);
        Agreement agreement = new Agreement(one.name());
        agreement.compare(
                by.quantized(x),
                expected.integers(),
                i -> exact[i],
                i -> Math.abs(exact[i]) * Agreement.FOUR_ROUNDINGS);
        System.out.println(agreement);
        assertThat(agreement.compared()).isEqualTo(x.elements());
    }

    private static TensorData input(OnnxCase one, int index) {
        return one.inputs().get(index).orElseThrow();
    }

    private static Quantization quantization(OnnxCase one) {
        List<Optional<TensorData>> inputs = one.inputs();
        TensorData scale = input(one, 1);
        TensorData zeros = inputs.size() > 2
                ? input(one, 2)
                : TensorData.of("", OnnxType.UINT8, scale.dims(), new int[scale.elements()]);
        int axis = one.attributes().getOrDefault("axis", List.of(1)).get(0);
        return new Quantization(scale, zeros, axis);
    }
}
