package dev.octet.plan.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.PlanCode;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.WeightsCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeConstantsTest {
    /** One step of x, y and z stands for 2, 1/2 and 4, because their ranges are 510, 63.5 and 508. */
    private static final Map<String, Float> RANGES = Map.of("x", 510f, "y", 63.5f, "z", 508f);

    private static final QuantizedLayer LAYER =
            new QuantizedLayer("conv", 3, 1, 2, new byte[6], new float[] {1, .25f, 3}, new float[] {8, -2, 0});

    /** The same, for an operand of 2x3 pixels. */
    private static final QuantizedLayer DENSE =
            new QuantizedLayer("fc", 3, 6, 2, new byte[36], new float[] {1, .25f, 3}, new float[] {8, -2, 0});

    private static final float INFINITY = Float.POSITIVE_INFINITY;

    /** Constants of %2 in a graph of two operands, %0 : u8 with steps of 2 and %1 : s8 with steps of 1/2. */
    private static Constants constants(String type, String op) {
        Graph graph = GraphText.parse("graph quantized\n%0 a : u8[2,2,3] scale x = input()\n"
                + "%1 b : s8[3,2,3] scale y = input()\n%2 c : " + type + " = " + op + "\nend\n");
        return constants(graph, RANGES, op.startsWith("dense") ? DENSE : LAYER).orElseThrow();
    }

    private static Optional<Constants> constants(Graph graph, Map<String, Float> ranges, QuantizedLayer layer) {
        NodeConstants constants = NodeConstants.of(graph, List.of(), ranges::get, name -> layer);
        return constants.of(graph.nodes().get(graph.nodes().size() - 1));
    }

    private static String conv(String operands, String activation, boolean residual) {
        return "conv2d(" + operands + ") layer=conv weight=tensor(conv.weight,[3,2,1,1]) bias=none window=1x1"
                + " stride=1x1 pad=0,0,0,0 activation=" + activation + " residual=" + residual;
    }

    private static void hasEpilogue(Constants constants, float[] m, float[] b, float lo, float hi, float r) {
        Constants.Epilogue epilogue = (Constants.Epilogue) constants;
        assertThat(epilogue.m()).hasSize(16).startsWith(m);
        assertThat(epilogue.b()).hasSize(16).startsWith(b);
        for (int lane = m.length; lane < 16; lane++) {
            assertThat(epilogue.m()[lane]).as("m of lane %d", lane).isZero();
            assertThat(epilogue.b()[lane]).as("b of lane %d", lane).isZero();
        }
        assertThat(new float[] {epilogue.lo(), epilogue.hi(), epilogue.r()}).containsExactly(lo, hi, r);
    }

    /** m = 2 * scale / 4, b = bias / 4. */
    @Test
    void aConvolutionScalesItsAccumulator() {
        float[] m = {.5f, .125f, 1.5f};
        float[] b = {2, -.5f, 0};
        hasEpilogue(constants("s8[3,2,3] scale z", conv("%0", "none", false)), m, b, -127, 127, 0);
        hasEpilogue(constants("s8[3,2,3] scale z", conv("%0", "relu", false)), m, b, 0, 127, 0);
    }

    /** As above, but one step of an unsigned z is 508 / 255; the residual's is 1/2. */
    @Test
    void aResidualHasItsOwnMultiplier() {
        double step = 508 / 255.0;
        hasEpilogue(
                constants("u8[3,2,3] scale z", conv("%0,%1", "relu", true)),
                new float[] {(float) (2 / step), (float) (.5 / step), (float) (6 / step)},
                new float[] {(float) (8 / step), (float) (-2 / step), 0},
                0,
                255,
                (float) (.5 / step));
    }

    @Test
    void aFloatResultIsNotQuantised() {
        float[] m = {2, .5f, 6};
        float[] b = {8, -2, 0};
        hasEpilogue(constants("f32[3,2,3]", conv("%0", "none", false)), m, b, -INFINITY, INFINITY, 0);
        hasEpilogue(constants("f32[3,2,3]", conv("%0", "relu", false)), m, b, 0, INFINITY, 0);
        String dense = "dense(%0) layer=fc weight=tensor(fc.weight,[3,12]) bias=none activation=none residual=false";
        hasEpilogue(constants("f32[3]", dense), m, b, -INFINITY, INFINITY, 0);
    }

    @Test
    void addingScalesBothOperands() {
        assertThat(constants("s8[3,2,3] scale z", "add(%0,%1) activation=none"))
                .isEqualTo(new Constants.Sum(.5f, .125f, -127, 127));
        assertThat(constants("s8[3,2,3] scale z", "add(%1,%0) activation=relu"))
                .isEqualTo(new Constants.Sum(.125f, .5f, 0, 127));
    }

    /** Steps of 1/2 to steps of 4; the mean of six pixels divides by six too. */
    @Test
    void rescalingAndMeans() {
        assertThat(constants("s8[3,2,3] scale z", "activate(%1) activation=relu"))
                .isEqualTo(new Constants.Rescale(.125f, 0, 127));
        assertThat(constants("s8[3,1,1] scale z", "avgpool(%1)"))
                .isEqualTo(new Constants.Rescale((float) (.125 / 6), -127, 127));
    }

    @Test
    void aFloatInputIsDividedByTheStep() {
        Graph graph = GraphText.parse(
                "graph quantized\n%0 y : f32[3,2,3] = input()\n" + "%1 c : s8[3,2,3] scale y = quantize(%0)\nend\n");
        assertThat(constants(graph, RANGES, LAYER)).contains(new Constants.QuantizeFloat(2, -127, 127));
        assertThat(new Constants.QuantizeFloat(2, -127, 127).segment())
                .hasSize(16)
                .startsWith(0, 0, 0, 0x40);
    }

    @Test
    void dequantisingMultipliesWithTheStep() {
        assertThat(constants("f32[3,2,3]", "dequantize(%1)")).isEqualTo(new Constants.Dequantize(.5f));
    }

    @Test
    void bordersAndMaximaHaveNone() {
        Graph pool = GraphText.parse("graph quantized\n%0 a : u8[2,2,2] scale x = input()\n"
                + "%1 b : u8[2,1,1] scale x = maxpool(%0) window=2x2 stride=2x2 pad=0,0,0,0\n"
                + "%2 c : u8[2,1,1] scale x = output(%1)\nend\n");
        NodeConstants constants = NodeConstants.of(pool, List.of(), RANGES::get, name -> LAYER);
        assertThat(pool.nodes())
                .allSatisfy(node -> assertThat(constants.of(node)).isEmpty());
    }

    /**
     * 6.2/255 * 0.082 / (5.1/127), of floats, is 0.04964767474 exactly; rounding any part of it gives 0.0496476777. The
     * mean is 2.5/255/6 / (0.9/255) = 0.46296298.., or 0.46296301 in steps.
     */
    @Test
    void multipliersAreRoundedOnce() {
        Map<String, Float> ranges = Map.of("in", 6.2f, "s8", 5.1f, "mean", 2.5f, "u8", .9f);
        QuantizedLayer layer = new QuantizedLayer("conv", 1, 1, 1, new byte[1], new float[] {.082f}, new float[] {.3f});
        String operand = "graph quantized\n%0 a : u8[1,2,3] scale in = input()\n";
        Graph conv = GraphText.parse(operand + "%1 b : s8[1,2,3] scale s8 = " + conv("%0", "none", false) + "\nend\n");
        Constants.Epilogue epilogue =
                (Constants.Epilogue) constants(conv, ranges, layer).orElseThrow();
        assertThat(epilogue.m()[0]).isEqualTo(0.049647674f).isNotEqualTo(0.0496476777f);
        assertThat(epilogue.b()[0]).isEqualTo(7.47058868f);
        Graph mean = GraphText.parse(
                operand.replace("scale in", "scale mean") + "%1 b : u8[1,1,1] scale u8 = avgpool(%0)\nend\n");
        assertThat(constants(mean, ranges, layer)).contains(new Constants.Rescale(0.462962985f, 0, 255));
    }

    /** Pixel p becomes p / 2 - 10 and 4p; one step is 4, so that 1/4 is exact. */
    @Test
    void pixelsBecomeBytesThroughATable() {
        ImageFormat image =
                new ImageFormat(ImageFormat.ChannelOrder.RGB, .5f, List.of(10f, 0f, 0f), List.of(1f, .125f, 1000f));
        Graph graph = GraphText.parse(
                "graph quantized\n%0 in : u8[3,1,1] = input()\n" + "%1 q : s8[3,1,1] scale z = quantize(%0)\nend\n");
        Port port = new Port("in", Shape.of(3, 1, 1), Optional.of(image));
        NodeConstants constants = NodeConstants.of(graph, List.of(port), RANGES::get, name -> LAYER);
        byte[] table = constants.of(graph.node(1)).orElseThrow().segment();
        assertThat(table).hasSize(768);
        assertThat(table[0]).as("-10 / 4 = -2.5 is even").isEqualTo((byte) -2);
        assertThat(table[24]).as("2 / 4 = 0.5 is even").isZero();
        assertThat(table[32]).as("6 / 4 = 1.5 is even").isEqualTo((byte) 2);
        assertThat(table[255]).as("117.5 / 4").isEqualTo((byte) 29);
        assertThat(table[256 + 126]).as("504 / 4").isEqualTo((byte) 126);
        assertThat(table[256 + 200]).as("800 / 4 saturates").isEqualTo((byte) 127);
        assertThat(table[512 + 255]).as("0.1275 / 4").isZero();
    }

    @Test
    void constantsBeyondFloatAreRefused() {
        Map<String, Float> ranges = Map.of("x", 510f, "y", 63.5f, "z", Float.MIN_VALUE);
        Graph graph = GraphText.parse("graph quantized\n%0 a : u8[2,2,3] scale x = input()\n"
                + "%1 tiny : s8[3,2,3] scale z = " + conv("%0", "none", false) + "\nend\n");
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> constants(graph, ranges, LAYER))
                .satisfies(e -> assertThat(e.code()).isEqualTo(PlanCode.UNUSABLE))
                .withMessageContaining("give 'tiny' a constant that is not a finite float");
    }

    @Test
    void segmentsAreLittleEndianInTheirOrder() {
        assertThat(new Constants.Sum(1, -2, 0, 255).segment())
                .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x7f, 0x43);
        assertThat(new Constants.Rescale(1, -2, 0).segment())
                .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(new Constants.Dequantize(1).segment()).containsExactly(0, 0, 0x80, 0x3f);
        float[] m = new float[16];
        float[] b = new float[16];
        m[1] = 1;
        b[15] = -2;
        byte[] epilogue = new Constants.Epilogue(m, b, 0, 255, 1).segment();
        assertThat(epilogue).hasSize(144);
        assertThat(epilogue[7]).as("m[1]").isEqualTo((byte) 0x3f);
        assertThat(epilogue[127]).as("b[15]").isEqualTo((byte) 0xc0);
        assertThat(epilogue[135]).as("hi").isEqualTo((byte) 0x43);
        assertThat(epilogue[139]).as("r").isEqualTo((byte) 0x3f);
    }

    @Test
    void theWeightsMustHaveTheGraphsSizes() {
        Graph graph = GraphText.parse("graph quantized\n%0 a : u8[2,2,3] scale x = input()\n%1 c : s8[3,2,3] scale z = "
                + conv("%0", "none", false) + "\nend\n");
        for (QuantizedLayer layer : Arrays.asList(null, DENSE)) {
            assertThatExceptionOfType(OctetException.class)
                    .isThrownBy(() -> constants(graph, RANGES, layer))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(WeightsCode.DAMAGED))
                    .withMessageContaining("it has no layer 'conv' of 3x1x2 weights");
        }
    }
}
