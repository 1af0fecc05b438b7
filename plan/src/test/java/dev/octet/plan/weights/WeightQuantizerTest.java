package dev.octet.plan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.text.GraphText;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightQuantizerTest {
    private static QuantizedLayer quantize(double... row) {
        return WeightQuantizer.quantize(new FoldedLayer("x", 1, 1, row.length, row, new double[] {.1}));
    }

    @Test
    void roundsHalfToEvenOnTheChannelsOwnScale() {
        QuantizedLayer layer = WeightQuantizer.quantize(
                new FoldedLayer("x", 2, 1, 4, new double[] {127, .5, 1.5, -2.5, -254, 1, 3, 5}, new double[] {.1, -2}));
        assertThat(layer.scale()).containsExactly(1, 2);
        assertThat(layer.weights()).containsExactly(127, 0, 2, -2, -127, 0, 2, 2);
        assertThat(layer.bias()).containsExactly(.1f, -2);
    }

    @Test
    void theLargestWeightIsAlwaysTheLargestInteger() {
        for (double max : new double[] {1, .1, 1 / 3.0, 1e-30, 3e38, 1.17e-38}) {
            QuantizedLayer layer = quantize(max, -max);
            assertThat(layer.weights()).as("%s", max).containsExactly(127, -127);
            assertThat(layer.scale()).containsExactly((float) (max / 127));
        }
    }

    @Test
    void channelsOfNothingHaveScaleOne() {
        assertThat(quantize(0, -0.0).scale()).containsExactly(1);
        QuantizedLayer subnormal = quantize(Float.MIN_VALUE, -8e-44);
        assertThat(subnormal.scale()).containsExactly(1);
        assertThat(subnormal.weights()).containsExactly(0, 0);
        assertThat(quantize(1e-42, -8e-44).scale()).containsExactly((float) (1e-42 / 127));
    }

    private static Plan plan(String operand, int features) {
        String node = "%0 x : " + operand + "[" + features + "] pitch " + (features + 15) / 16 * 16
                + " scale x = input()\n%1 fc : f32[1] pitch 1 = dense(%0) layer=fc weight=tensor(fc.weight,[1,"
                + features
                + "]) bias=none activation=none residual=false\nend\n";
        Graph int8 = GraphText.parse("graph laid_out\n" + node);
        Graph fp32 = GraphText.parse("graph folded\nend\n");
        return new Plan("a.B", 1, List.of(), List.of(), fp32, int8, List.of());
    }

    private static SortedMap<String, FoldedLayer> ones(int features) {
        double[] weights = new double[features];
        Arrays.fill(weights, -1);
        return new TreeMap<>(java.util.Map.of("fc", new FoldedLayer("fc", 1, 1, features, weights, new double[1])));
    }

    /** 127 * 127 * 133144 = 2^31 - 4072 and 127 * 255 * 66311 = 2^31 - 1913. */
    @Test
    void accumulatorsStayBelowTwoToTheThirtyOne() {
        assertThatCode(() -> WeightQuantizer.quantize(plan("s8", 133144), ones(133144)))
                .doesNotThrowAnyException();
        assertThatCode(() -> WeightQuantizer.quantize(plan("u8", 66311), ones(66311)))
                .doesNotThrowAnyException();
        for (Object[] beyond : new Object[][] {{"s8", 133145}, {"u8", 66312}}) {
            int features = (int) beyond[1];
            assertThatExceptionOfType(OctetException.class)
                    .isThrownBy(() -> WeightQuantizer.quantize(plan((String) beyond[0], features), ones(features)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(WeightsCode.ACCUMULATOR))
                    .withMessageContaining("Layer 'fc': the accumulator of output channel 0 can reach 2147");
        }
    }
}
