package dev.octet.plan.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octet.plan.Plan;
import dev.octet.plan.PlanCode;
import dev.octet.plan.SamplePlans;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Statistic;
import dev.octet.plan.launch.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTextTest {
    private static final Plan PLAN = SamplePlans.plan();
    private static final String TEXT = text(PLAN);

    private static String text(Plan plan) {
        return new String(PlanText.write(plan), StandardCharsets.UTF_8);
    }

    private static Plan read(String text) {
        return PlanText.read(text.getBytes(StandardCharsets.UTF_8), "sample/plan");
    }

    @Test
    void readsWhatItWrites() {
        assertThat(read(TEXT)).isEqualTo(PLAN);
        assertThat(text(read(TEXT))).isEqualTo(TEXT);
    }

    @Test
    void keepsTheStatisticsOfFloatPrograms() {
        Geometry geometry = Geometry.of(1, 8192, 1, 256);
        List<Statistic> statistics = Stream.of(Statistic.Kind.values())
                .map(kind -> new Statistic(kind, new Step.Kernel("f32_" + kind.text(), "0".repeat(32)), geometry))
                .toList();
        Plan counted = new Plan(
                PLAN.network(),
                PLAN.maxBatch(),
                PLAN.inputs(),
                PLAN.outputs(),
                PLAN.fp32(),
                PLAN.int8(),
                PLAN.programs().stream()
                        .map(program -> program.with(statistics))
                        .toList());
        String text = text(counted);
        assertThat(read(text)).isEqualTo(counted);
        assertThat(text).contains("statistic largest f32_largest 0000", "statistic histogram f32_histogram 0000");
        assertThat(text.replaceAll("statistic .*\n.*\n", "")).isEqualTo(TEXT);
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(text.replace("statistic largest", "statistic smallest")))
                .withMessageContaining("unknown statistic 'smallest'");
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(text.replace("statistic largest", "statistic histogram")))
                .withMessageContaining("two statistics of a kind");
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(text.replace("grid 1/8192x1", "grid 2/8192x1")))
                .withMessageContaining("a unit of a statistic is a vector");
    }

    /** Plans without limits are what they were before there were any. */
    @Test
    void onlyLimitedGridsSaySo() {
        assertThat(TEXT)
                .contains("  grid 24/64x2 most 3 threads 128 shared 4096 cluster 2 dependent true\n")
                .contains("  grid 24/64x1 threads 64 shared 0 cluster 1 dependent false\n");
        Plan unlimited = read(TEXT.replace(" most 3", ""));
        assertThat(unlimited.programs().get(0).steps().get(0).geometry())
                .isEqualTo(new Geometry(24, 64, 2, 128, 4096, 2, true));
        assertThat(text(unlimited)).isEqualTo(TEXT.replace(" most 3", ""));
    }

    @Test
    void sourceLinesAreNotWritten() {
        Plan lines = new Plan(
                PLAN.network(),
                PLAN.maxBatch(),
                PLAN.inputs(),
                PLAN.outputs(),
                SamplePlans.withLines(PLAN.fp32()),
                SamplePlans.withLines(PLAN.int8()),
                PLAN.programs());
        assertThat(text(lines)).isEqualTo(TEXT);
    }

    @Test
    void endsWithTheNumberOfKernelsAndTransposes() {
        assertThat(TEXT).startsWith("octet-plan 1.0\n").endsWith("end\n# 9 kernels, 0 layout transposes\n");
    }

    @Test
    void aKernelOfPureMovesIsATranspose() {
        Graph graph = GraphText.parse("graph traced\n%0 a : f32[2,2,3] = input()\n%1 b : f32[12] = flatten(%0)\n"
                + "%2 c : f32[12] = activate(%1) activation=relu\nend\n");
        Region moves = new Region(List.of(1), List.of(0), List.of(1));
        Region computes = new Region(List.of(1, 2), List.of(0), List.of(2));
        assertThat(LayoutOnly.isLayoutOnly(moves, graph.byId())).isTrue();
        assertThat(LayoutOnly.isLayoutOnly(computes, graph.byId())).isFalse();
    }

    @Test
    void theTypeOfEveryValueStandsOnItsLine() {
        assertThat(TEXT)
                .contains("%4 b.add : s8[20,4,6] pitch 32 scale b.add = conv2d(%2,%2) layer=b.conv ")
                .contains("\nbuffer %4 s8[20,4,6] offset ");
    }

    @Test
    void anUnknownMajorVersionIsRefusedByName() {
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(TEXT.replace("octet-plan 1.0", "octet-plan 2.3")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(PlanCode.VERSION))
                .withMessageContaining("sample/plan has plan version 2.3, this Octet reads 1.0");
    }

    @Test
    void linesThatALaterMinorVersionAddsAreSkipped() {
        String later = TEXT.replace("octet-plan 1.0", "octet-plan 1.7").replace("max-batch 8\n", "max-batch 8\n?x y\n");
        assertThat(read(later)).isEqualTo(PLAN);
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(later.replace("octet-plan 1.7", "octet-plan 1.0")))
                .withMessageContaining("line 4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-batch 8                       | max-batch 0                   | number '0' is not in 1..65536",
                "max-batch 8                       | max-batch 08                  | expected 'max-batch 8'",
                "scale 0.003921569                 | scale 0                       | scale must be finite and not zero",
                "scale 0.003921569                 | scale 0.0039215690            | expected 'input image",
                "fp32 graph folded                 | fp32 graph laid_out           | wrong stages",
                "output logits [10]                | output logits [11]            | port logits has shape [11]",
                "output logits [10]                | output scores [10]            | no graph node for port scores",
                "pad=1,1,1,1                       | pad=0,0,0,0                   | %1 bn has shape [20,4,6], but its operator makes [20,2,4]",
                "fc.weight,[10,20]                 | fc.weight,[10,21]             | %8 fc has weights [10, 21], not [10, 20]",
                "fc.bias,[10]                      | fc.bias,[11]                  | %8 fc has biases [11]",
                "norm(bn,20,                       | norm(bn,21,                   | has weights [], not [20, 1, 3, 3]",
                "= avgpool(%6)                     | = flatten(%6)                 | a plan flattens nothing, but mean",
                "%6 pool : u8[20,2,3] pitch 32 scale b.sum | %6 pool : u8[20,2,3] pitch 32 scale pool | another scale",
                "scale fc = dense                  | = dense                       | %8 fc is of a wrong type",
                "%2 relu : f32[20                  | %2 relu : s8[20               | %2 relu is not f32 in a float graph",
                "scale image = quantize            | scale image = activate        | expected ' activation='",
                "batch 5..8                        | batch 6..8                    | programs for sm_61 cover 7 batches of 8",
                "batch 5..8                        | batch 4..8                    | two programs for sm_61 and batch 1",
                "kernels, 0                        | kernels, 3                    | expected '# 9 kernels",
                "sm_61                             | sm_10                         | expected one of sm_61, sm_75, sm_80, sm_90a, found",
                "batch 5..8                        | batch 5..4                    | bad batch range 5..4",
                "offset 256                        | offset 255                    | bad buffer of %10: 255+384",
                "offset 256                        | offset 9999872                | %10 exceeds the arena",
                "bytes 384                         | bytes 385                     | %10 takes 384 bytes, not 385",
                "buffer %10 s8[1,4,6]              | buffer %10 f32[1,4,6]         | expected ' s8[1,4,6] offset '",
                "buffer %10 s8[1,4,6]              | buffer %99 s8[1,4,6]          | no value %99",
                "threads 128                       | threads 2048                  | bad block: 2048",
                "grid 24/64                        | grid 1099511627776/1          | overflow",
                "most 3                            | most 0                        | number '0' is not in 1..2147483646",
                "most 3                            | most 2147483647               | is not in 1..2147483646",
                "most 3                            | most 3 most 3                 | expected ' threads '",
                "x2 most 3 threads 128             | x2 threads 128 most 3         | expected ' shared '",
                "region %10 : %0                   | region %10 : %10              | does not read its own values",
                "value(%10)                        | value(%77)                    | no value %77",
                "weights(%2,dp4a:32x16)            | weights(%4,dp4a:32x16)        | %4 is not of the region",
                "weights(%2,dp4a:32x16)            | weights(%2,dp4a:32x15)        | bad tile: 32x15",
                "weights(%2,dp4a:32x16)            | weights(%2,mma:48x64/32)      | bad tile: 48x64 in groups of 32",
                "weights(%2,dp4a:32x16)            | weights(%2,wgmma:96x128)      | bad tile: 96x128",
                "weights(%2,dp4a:32x16)            | weights(%2,pixels:9/64)       | bad fragments: 9 columns",
                "weights(%2,dp4a:32x16)            | weights(%2,pixels:7/48)       | bad fragments: 7 columns, groups of 48",
                "constants(%2)                     | secrets(%2)                   | unknown argument 'secrets'",
                "swizzle 64                        | swizzle 65                    | swizzle is 0, 32, 64 or 128",
                "workspace 1024                    | workspace 9999999999999999999 | is not in 0..1099511627776",
            })
    void refusesWhatDoesNotFitTogether(String right, String wrong, String message) {
        assertThat(TEXT).contains(right);
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(TEXT.replace(right, wrong)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(PlanCode.MALFORMED))
                .withMessageContaining("sample/plan, line ")
                .withMessageContaining(message);
    }

    /** The sample with an input of floats instead of an image. */
    private static String withFloatInput() {
        return TEXT.replaceFirst(" pixels [^\n]*", "")
                .replace("image : u8[1,4,6] pitch 1 =", "image : f32[1,4,6] pitch 1 =")
                .replace("buffer %0 u8[1,4,6]", "buffer %0 f32[1,4,6]")
                .replaceAll("(buffer %0 f32\\[1,4,6] offset \\d+ bytes) 24", "$1 96");
    }

    @Test
    void keepsInputsOfFloats() {
        String text = withFloatInput();
        Plan plan = read(text);
        assertThat(plan.inputs().get(0).image()).isEmpty();
        assertThat(new String(PlanText.write(plan), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void keepsTheSizeThatImagesAreScaledTo() {
        String text = TEXT.replaceFirst("( pixels [^\n]*)", "$1 resize 9");
        Plan plan = read(text);
        assertThat(plan.inputs().get(0).image().orElseThrow().resize()).isEqualTo(9);
        assertThat(new String(PlanText.write(plan), StandardCharsets.UTF_8)).isEqualTo(text);
        for (String wrong : new String[] {"0", "5", "65537", "-1"}) {
            assertThatExceptionOfType(OctetException.class)
                    .as(wrong)
                    .isThrownBy(() -> read(text.replace("resize 9", "resize " + wrong)));
        }
    }

    /** A device would read four bytes for one of the caller's, or the other way around. */
    @Test
    void portsAndGraphAgreeOnWhatIsAnImage() {
        String bytesOnly = TEXT.replaceFirst(" pixels [^\n]*", "");
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(bytesOnly))
                .withMessageContaining("input image has bytes, but no image format");
        String pixels = TEXT.substring(TEXT.indexOf(" pixels "), TEXT.indexOf('\n', TEXT.indexOf(" pixels ")));
        String floatsOnly = withFloatInput().replace("input image [1,4,6]", "input image [1,4,6]" + pixels);
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(floatsOnly))
                .withMessageContaining("input image is an image, but has floats");
    }

    @Test
    void onlyInputsAreQuantised() {
        String text = withFloatInput().replace("= quantize(%0)", "= activate(%0) activation=relu");
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining("image.s8 cannot read what its operands are");
    }

    @Test
    void keepsTheWeightsOrderOfTensorCores() {
        String text = TEXT.replace("weights(%2,dp4a:32x16)", "weights(%2,mma:64x128/32)");
        assertThat(text).isNotEqualTo(TEXT);
        assertThat(new String(PlanText.write(read(text)), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Test
    void keepsTheWeightsOrderOfWarpgroups() {
        String text = TEXT.replace("weights(%2,dp4a:32x16)", "weights(%2,wgmma:64x128)");
        assertThat(text).isNotEqualTo(TEXT);
        assertThat(new String(PlanText.write(read(text)), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Test
    void keepsTheWeightsOrderOfPixelsOfOneWord() {
        String text = TEXT.replace("weights(%2,dp4a:32x16)", "weights(%2,pixels:7/64)");
        assertThat(text).isNotEqualTo(TEXT);
        assertThat(new String(PlanText.write(read(text)), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < TEXT.length(); length++) {
            String cut = TEXT.substring(0, length);
            assertThatExceptionOfType(OctetException.class)
                    .as("%d characters", length)
                    .isThrownBy(() -> read(cut));
        }
    }

    @Test
    void everyDuplicatedLineIsRefused() {
        String[] lines = TEXT.split("(?<=\n)");
        for (int i = 0; i < lines.length; i++) {
            StringBuilder twice = new StringBuilder();
            for (int j = 0; j < lines.length; j++) {
                twice.append(lines[j].repeat(i == j ? 2 : 1));
            }
            assertThatExceptionOfType(OctetException.class)
                    .as("line %d twice", i + 1)
                    .isThrownBy(() -> read(twice.toString()));
        }
    }

    @Test
    void bytesThatAreNotTextAreRefused() {
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> PlanText.read(new byte[] {(byte) 0xff, 0}, "sample/plan"))
                .withMessageContaining("not UTF-8 text");
    }

    @Test
    void aPlanThatCouldNotBeReadIsNotWritten() {
        Plan unnamed =
                new Plan("two words", 8, PLAN.inputs(), PLAN.outputs(), PLAN.fp32(), PLAN.int8(), PLAN.programs());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlanText.write(unnamed))
                .withMessageContaining("words");
        Plan portless = new Plan("a.B", 8, List.of(), PLAN.outputs(), PLAN.fp32(), PLAN.int8(), PLAN.programs());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlanText.write(portless))
                .withMessageContaining("0 ports, but 1 in a graph");
    }
}
