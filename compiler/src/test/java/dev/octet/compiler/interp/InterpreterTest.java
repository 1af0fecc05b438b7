package dev.octet.compiler.interp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.launch.Region;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.quant.Ranges;
import dev.octet.plan.text.GraphText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Values computed by hand. */
class InterpreterTest {
    private static FloatTensor tensor(Shape shape, float... values) {
        return new FloatTensor(shape, values);
    }

    private static ByteTensor bytes(Shape shape, int... values) {
        return new ByteTensor(shape, values);
    }

    private static Tensor runFloat(String nodes, FloatLayers layers, FloatTensor image, String value) {
        Graph graph = GraphText.parse("graph fused\n%0 image : f32" + image.shape() + " = input()\n" + nodes + "end\n");
        return Interpreter.ofFloat(graph, layers).run(Map.of("image", image)).get(value);
    }

    @Test
    void convolvesWithPaddingOnSomeSidesAndAStride() {
        // The window is 2 x 2 and starts one row above: row 0 of the result sees only row 0 of the image.
        FloatLayers layers =
                name -> new FloatLayers.Layer(1, 4, 2, new float[] {1, 10, 2, 20, 3, 30, 4, 40}, new float[] {0.5f});
        Tensor result = runFloat("""
                %1 conv : f32[1,2,1] = conv2d(%0) layer=conv weight=tensor(conv.weight,[1,2,2,2]) bias=none window=2x2 stride=2x2 pad=1,0,0,0 activation=none residual=false
                """, layers, tensor(Shape.of(2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), "conv");
        float top = 3 * 1 + 30 * 7 + 4 * 2 + 40 * 8 + 0.5f;
        float below = 1 * 3 + 10 * 9 + 2 * 4 + 20 * 10 + 3 * 5 + 30 * 11 + 4 * 6 + 40 * 12 + 0.5f;
        assertThat(result).isEqualTo(tensor(Shape.of(1, 2, 1), top, below));
    }

    /** One step is 1/2: halves of a step go to the even neighbour, what is beyond the range to its end, NaN to zero. */
    @Test
    void quantisesFloatInputs() {
        Graph graph = GraphText.parse("graph quantized\n%0 meta : f32[12] = input()\n"
                + "%1 q : s8[12] scale meta = quantize(%0)\n"
                + "%2 f : f32[12] = dequantize(%1)\n%3 y : f32[12] = output(%2)\nend\n");
        NodeConstants constants = NodeConstants.of(graph, List.of(), value -> 63.5f, name -> null);
        float[] x = {
            0.25f,
            0.75f,
            -0.75f,
            -1.25f,
            63.5f,
            63.74f,
            -1e9f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            -0f,
            Float.intBitsToFloat(0xffc0ffee)
        };
        assertThat(Interpreter.ofQuantized(graph, constants, name -> null)
                        .run(Map.of("meta", tensor(Shape.of(12), x)))
                        .get("q"))
                .isEqualTo(bytes(Shape.of(12), 0, 2, -2, -2, 127, 127, -127, 0, 127, -127, 0, 0));
    }

    @Test
    void denseReadsWeightsByPixelAndChannel() {
        FloatLayers layers = name -> new FloatLayers.Layer(1, 2, 3, new float[] {1, 2, 3, 4, 5, 6}, new float[1]);
        Tensor result = runFloat("""
                %1 fc : f32[1] = dense(%0) layer=fc weight=tensor(fc.weight,[1,6]) bias=none activation=none residual=false
                """, layers, tensor(Shape.of(3, 1, 2), 1, 10, 100, 1000, 10000, 100000), "fc");
        assertThat(result).isEqualTo(tensor(Shape.of(1), 1 + 200 + 30000 + 40 + 5000 + 600000));
    }

    @Test
    void chainsRoundOncePerTermInOrderAndAddTheBiasLast() {
        // 2^24 + 1 is no float: added after the large term, each 1 is lost; added before, both count.
        float large = 1 << 24;
        assertThat(sum(0, large, 1, 1)).isEqualTo(large);
        assertThat(sum(0, 1, 1, large)).isEqualTo(large + 2);
        assertThat(sum(1, large, -large, 0)).isEqualTo(1);
    }

    private static float sum(float bias, float... terms) {
        FloatLayers layers = name -> new FloatLayers.Layer(1, 1, 3, new float[] {1, 1, 1}, new float[] {bias});
        Tensor result = runFloat("""
                %1 fc : f32[1] = dense(%0) layer=fc weight=tensor(fc.weight,[1,3]) bias=none activation=none residual=false
                """, layers, tensor(Shape.of(3, 1, 1), terms), "fc");
        return ((FloatTensor) result).values()[0];
    }

    @Test
    void poolsWithoutLettingPaddingWin() {
        Tensor result = runFloat(
                "%1 pool : f32[1,2,2] = maxpool(%0) window=2x2 stride=2x2 pad=1,1,0,0\n",
                name -> null, tensor(Shape.of(1, 3, 3), -1, -2, -3, -4, -5, -6, -7, -8, -9), "pool");
        assertThat(result).isEqualTo(tensor(Shape.of(1, 2, 2), -1, -2, -4, -5));
    }

    @Test
    void averagesPixelsOfEachChannel() {
        Tensor result = runFloat(
                "%1 mean : f32[2,1,1] = avgpool(%0)\n",
                name -> null, tensor(Shape.of(2, 1, 3), 1, 2, 4, -3, 0, 1), "mean");
        float third = (float) (1.0 / 3);
        assertThat(result).isEqualTo(tensor(Shape.of(2, 1, 1), 7 * third, -2 * third));
    }

    @Test
    void addsTheResidualBeforeTheActivation() {
        FloatLayers layers = name -> new FloatLayers.Layer(2, 1, 2, new float[] {1, 0, 0, 1}, new float[] {-5, 1});
        Tensor result = runFloat("""
                %1 fc : f32[2] = dense(%0,%0) layer=fc weight=tensor(fc.weight,[2,2]) bias=none activation=relu residual=true
                """, layers, tensor(Shape.of(2, 1, 1), 2, 3), "fc");
        assertThat(result).isEqualTo(tensor(Shape.of(2), 0, 7));
    }

    /** amax of 127 for signed and 255 for unsigned values makes every step 1, so results can be read off. */
    private static final Ranges STEPS_OF_ONE = name -> name.startsWith("u") ? 255 : 127;

    private static final List<Port> GRAY = List.of(new Port(
            "image",
            Shape.of(1, 1, 3),
            Optional.of(new ImageFormat(ChannelOrder.GRAY, 1, List.of(100f), List.of(2f)))));

    private static final String QUANTIZED = """
            graph quantized
            %0 image : u8[1,1,3] = input()
            %1 image.quantized : s8[1,1,3] scale image = quantize(%0)
            %2 uconv : u8[2,1,3] scale uconv = conv2d(%1) layer=conv weight=tensor(conv.weight,[2,1,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=relu residual=false
            %3 next : s8[2,1,3] scale next = conv2d(%2,%2) layer=next weight=tensor(next.weight,[2,2,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=none residual=true
            %4 urelu : u8[2,1,3] scale urelu = activate(%3) activation=relu
            %5 sum : s8[2,1,3] scale sum = add(%3,%4) activation=none
            %6 pool : s8[2,1,1] scale sum = maxpool(%5) window=1x3 stride=1x1 pad=0,0,0,0
            %7 mean : s8[2,1,1] scale mean = avgpool(%3)
            %8 fc : f32[1] = dense(%6) layer=fc weight=tensor(fc.weight,[1,2]) bias=none activation=none residual=false
            %9 mean.dequantized : f32[2,1,1] = dequantize(%7)
            %10 y : f32[1] = output(%8)
            %11 z : f32[2] = output(%9)
            end
            """;

    private static QuantizedLayer quantized(String layer) {
        return switch (layer) {
            case "conv" -> new QuantizedLayer("conv", 2, 1, 1, new byte[] {4, -1}, new float[] {0.5f, 1}, new float[2]);
            case "next" ->
                new QuantizedLayer(
                        "next", 2, 1, 2, new byte[] {1, 0, -2, 1}, new float[] {0.5f, 1}, new float[] {-30, 0});
            case "fc" -> new QuantizedLayer("fc", 1, 1, 2, new byte[] {2, 3}, new float[] {0.25f}, new float[] {1});
            default -> throw new IllegalArgumentException(layer);
        };
    }

    private static Interpreter quantized(Ranges ranges) {
        Graph graph = GraphText.parse(QUANTIZED);
        NodeConstants constants = NodeConstants.of(graph, GRAY, ranges, InterpreterTest::quantized);
        return Interpreter.ofQuantized(graph, constants, InterpreterTest::quantized);
    }

    @Test
    void followsTheArithmeticContract() {
        ByteTensor pixels = ByteTensor.ofImage(Shape.of(1, 1, 3), new byte[] {0, 105, (byte) 255});
        SortedMap<String, Tensor> values = quantized(STEPS_OF_ONE).run(Map.of("image", pixels));
        Shape row = Shape.of(2, 1, 3);
        // (pixel - 100) / 2: -50, 2.5 to even, 77.5 to even.
        assertThat(values.get("image.quantized")).isEqualTo(bytes(Shape.of(1, 1, 3), -50, 2, 78));
        // 4 * x * 0.5 and -x, from 0.
        assertThat(values.get("uconv")).isEqualTo(bytes(row, 0, 4, 156, 50, 0, 0));
        // 0.5 a - 30 + a and -2 a + b + b, saturated at +-127.
        assertThat(values.get("next")).isEqualTo(bytes(row, -30, -24, 127, 100, -8, -127));
        assertThat(values.get("urelu")).isEqualTo(bytes(row, 0, 0, 127, 100, 0, 0));
        assertThat(values.get("sum")).isEqualTo(bytes(row, -30, -24, 127, 127, -8, -127));
        assertThat(values.get("pool")).isEqualTo(bytes(Shape.of(2, 1, 1), 127, 127));
        // 73 / 3 and -35 / 3.
        assertThat(values.get("mean")).isEqualTo(bytes(Shape.of(2, 1, 1), 24, -12));
        assertThat(values.get("y")).isEqualTo(tensor(Shape.of(1), 5 * 127 * 0.25f + 1));
        assertThat(values.get("z")).isEqualTo(tensor(Shape.of(2), 24, -12));
    }

    /**
     * 125 * 0.1f is 12.5 and a little that a float near 12.5 cannot hold: with -12 it makes more than a half only if the
     * product is not rounded before the sum.
     */
    @Test
    void productsAreNotRoundedBeforeTheyAreAdded() {
        Graph graph = GraphText.parse("""
                graph quantized
                %0 image : u8[1,1,1] = input()
                %1 image.quantized : s8[1,1,1] scale image = quantize(%0)
                %2 tenth : s8[1,1,1] scale tenth = activate(%1) activation=relu
                %3 sum : s8[1,1,1] scale sum = add(%2,%1) activation=none
                %4 conv : s8[1,1,1] scale conv = conv2d(%1) layer=conv weight=tensor(conv.weight,[1,1,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=none residual=false
                %5 residual : s8[1,1,1] scale residual = conv2d(%1,%2) layer=zero weight=tensor(zero.weight,[1,1,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0 activation=none residual=true
                end
                """);
        Function<String, QuantizedLayer> layers = name -> {
            boolean zero = name.equals("zero");
            byte weight = (byte) (zero ? 0 : 1);
            return new QuantizedLayer(
                    name, 1, 1, 1, new byte[] {weight}, new float[] {zero ? 1 : 0.1f}, new float[] {-12 / 127f});
        };
        Ranges ranges = name -> name.equals("tenth") ? 0.1f : 1;
        Interpreter interpreter = Interpreter.ofQuantized(graph, NodeConstants.of(graph, GRAY, ranges, layers), layers);
        Shape one = Shape.of(1, 1, 1);
        ByteTensor x = bytes(one, 125);
        ByteTensor y = bytes(one, -12);
        assertThat(interpreter.run(region(3, 2, 1), Map.of(2, x, 1, y))).isEqualTo(Map.of(3, bytes(one, 1)));
        assertThat(interpreter.run(region(4, 1), Map.of(1, x))).isEqualTo(Map.of(4, bytes(one, 1)));
        assertThat(interpreter.run(region(5, 1, 2), Map.of(1, y, 2, x))).isEqualTo(Map.of(5, bytes(one, 1)));
    }

    private static Region region(int op, Integer... inputs) {
        return new Region(List.of(op), List.of(inputs), List.of(op));
    }

    @Test
    void aRegionRoundsItsInnerValuesLikeTheWholeGraph() {
        Ranges ranges = name -> 40 + name.length();
        ByteTensor pixels = ByteTensor.ofImage(Shape.of(1, 1, 3), new byte[] {10, -56, 99});
        Interpreter interpreter = quantized(ranges);
        SortedMap<String, Tensor> values = interpreter.run(Map.of("image", pixels));
        Region region = new Region(List.of(2, 3, 4, 5), List.of(1), List.of(3, 5));
        assertThat(interpreter.run(region, Map.of(1, values.get("image.quantized"))))
                .isEqualTo(Map.of(3, values.get("next"), 5, values.get("sum")));
    }

    @Test
    void refusesMissingOrMisshapenInputs() {
        Interpreter interpreter = quantized(STEPS_OF_ONE);
        assertThatThrownBy(() -> interpreter.run(Map.of()))
                .hasMessageContaining("image needs a value of shape [1,1,3]");
        assertThatThrownBy(() -> interpreter.run(Map.of("image", tensor(Shape.of(1, 1, 3), 1, 2, 3))))
                .hasMessageContaining("image is U8");
        assertThatThrownBy(() -> interpreter.run(new Region(List.of(3), List.of(), List.of(3)), Map.of()))
                .hasMessageContaining("next needs a value that is not there");
    }

    @Test
    void readsImagesByPixel() {
        assertThat(ByteTensor.ofImage(Shape.of(3, 1, 2), new byte[] {1, 2, 3, 4, 5, (byte) 200}))
                .isEqualTo(bytes(Shape.of(3, 1, 2), 1, 4, 2, 5, 3, 200));
    }

    @Test
    void normalizesInTracedGraphs() {
        Graph graph = GraphText.parse("""
                graph traced
                %0 image : f32[2,1,1] = input()
                %1 bn : f32[2,1,1] = batchnorm(%0) norm=norm(bn,2,1)
                end
                """);
        FloatLayers layers = new FloatLayers() {
            @Override
            public Layer layer(String name) {
                throw new IllegalArgumentException(name);
            }

            @Override
            public Norm norm(String name) {
                return new Norm(new float[] {2, 1}, new float[] {1, 0}, new float[] {3, -1}, new float[] {3, 8});
            }
        };
        SortedMap<String, Tensor> values =
                Interpreter.ofFloat(graph, layers).run(Map.of("image", tensor(Shape.of(2, 1, 1), 5, 2)));
        assertThat(values.get("bn")).isEqualTo(tensor(Shape.of(2, 1, 1), 3, 1));
    }

    @Test
    void aDilatedGroupSeesItsOwnChannelsOnly() {
        FloatLayers layers = name -> new FloatLayers.Layer(2, 2, 1, new float[] {1, 10, 2, 20}, new float[2]);
        Tensor result = runFloat("""
                %1 conv : f32[2,1,2] = conv2d(%0) layer=conv weight=tensor(conv.weight,[2,1,1,2]) bias=none window=1x2 stride=1x1 dilation=1x2 pad=0,0,0,0 groups=2 activation=none residual=false
                """, layers, tensor(Shape.of(2, 1, 4), 1, 2, 3, 4, 5, 6, 7, 8), "conv");
        assertThat(result).isEqualTo(tensor(Shape.of(2, 1, 2), 1 + 30, 2 + 40, 10 + 140, 12 + 160));
    }

    @Test
    void meansDivideByTheTapsThatCount() {
        String pool = "%1 mean : f32[1,2,2] = avgpool(%0) window=2x2 stride=2x2 pad=1,1,0,0 counted=1,0,0,0\n";
        Tensor result = runFloat(pool, name -> null, tensor(Shape.of(1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9), "mean");
        assertThat(result).isEqualTo(tensor(Shape.of(1, 2, 2), 1f / 2, 5f / 4, 11f / 2, 28f / 4));
    }

    @Test
    void movesChannelsAndPixels() {
        Tensor result = runFloat("""
                %1 gates : f32[2,1,1] = avgpool(%0)
                %2 gate : f32[2,1,2] = gate(%0,%1)
                %3 slice : f32[1,1,2] = slice(%2) channels=1+1
                %4 pad : f32[3,1,2] = pad(%3) channels=1,1
                %5 joined : f32[5,1,2] = concat(%4,%0)
                %6 large : f32[5,2,2] = upsample(%5) by=2x1
                """, name -> null, tensor(Shape.of(2, 1, 2), 1, 3, 5, 7), "large");
        assertThat(result)
                .isEqualTo(tensor(Shape.of(5, 2, 2), 0, 0, 0, 0, 30, 42, 30, 42, 0, 0, 0, 0, 1, 3, 1, 3, 5, 7, 5, 7));
    }
}
