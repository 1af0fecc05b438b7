package dev.octet.plan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.text.GraphText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFolderTest {
    private static final Graph CONV = GraphText.parse("""
            graph folded
            %0 image : f32[2,3,3] = input()
            %1 y : f32[2,3,2] = conv2d(%0) layer=conv weight=scaled(tensor(conv.weight,[2,2,1,2]),norm(bn,2,0.25)) \
            bias=shifted(tensor(conv.bias,[2]),norm(bn,2,0.25)) window=1x2 stride=1x1 pad=0,0,0,0 activation=none \
            residual=false
            %2 out : f32[2,3,2] = output(%1)
            end
            """);

    private static final Graph DENSE = GraphText.parse("""
            graph folded
            %0 image : f32[2,1,3] = input()
            %1 y : f32[1] = dense(%0) layer=fc weight=tensor(fc.weight,[1,6]) bias=none activation=none residual=false
            %2 out : f32[1] = output(%1)
            end
            """);

    @TempDir
    private Path folder;

    private static SafetensorsWriter conv(float variance) {
        return new SafetensorsWriter()
                .f32("conv.weight", List.of(2, 2, 1, 2), 1, 2, 3, 4, 5, 6, 7, 8)
                .f32("conv.bias", List.of(2), 10, 20)
                .norm("bn", new float[] {3, -1}, new float[] {.5f, 0}, new float[] {4, 20}, new float[] {2, variance});
    }

    /** Deviations are sqrt(2 + 1/4) = 3/2 and sqrt(15/4 + 1/4) = 2, so the rows are scaled by 2 and -1/2. */
    @Test
    void foldsTheNormIntoRowsWithChannelsLast() {
        FoldedLayer layer = WeightFolder.fold(CONV, conv(3.75f).open(folder)).get("conv");
        assertThat(layer.weights()).containsExactly(2, 6, 4, 8, -2.5, -3.5, -3, -4);
        assertThat(layer.bias()).containsExactly((10 - 4) * 3 / 1.5 + .5, 0);
        assertThat(List.of(layer.out(), layer.taps(), layer.in())).containsExactly(2, 2, 2);
    }

    @Test
    void aDenseRowOverAnImageBecomesOneTapPerPixel() {
        Safetensors file = new SafetensorsWriter()
                .f32("fc.weight", List.of(1, 6), 1, 2, 3, 4, 5, 6)
                .open(folder);
        FoldedLayer layer = WeightFolder.fold(DENSE, file).get("fc");
        assertThat(layer.weights()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(layer.bias()).containsExactly(0);
        assertThat(List.of(layer.out(), layer.taps(), layer.in())).containsExactly(1, 3, 2);
    }

    private static void refuses(Graph graph, Safetensors file, WeightsCode code, String message) {
        assertThatExceptionOfType(OctetException.class)
                .isThrownBy(() -> WeightFolder.fold(graph, file))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .withMessageContaining(message);
    }

    @Test
    void namesTheIndexOfAWeightThatIsNotFinite() {
        Safetensors file = new SafetensorsWriter()
                .f32("fc.weight", List.of(1, 6), 1, 2, 3, 4, Float.NaN, 6)
                .open(folder);
        refuses(DENSE, file, WeightsCode.NOT_FINITE, "tensor 'fc.weight' has NaN at index [0, 4]");
    }

    @Test
    void shapesMustBeThoseOfTheDefinition() {
        Safetensors file = new SafetensorsWriter()
                .f32("fc.weight", List.of(6, 1), 1, 2, 3, 4, 5, 6)
                .open(folder);
        refuses(DENSE, file, WeightsCode.SHAPE, "'fc.weight' has shape [6, 1], but the definition implies [1, 6]");
    }

    @Test
    void aVarianceMustBePositiveWithEpsilon() {
        refuses(CONV, conv(-.25f).open(folder), WeightsCode.VARIANCE, "'bn.running_var' has variance -0.25 at index 1");
    }

    @Test
    void foldedWeightsMustFitAFloat() {
        Safetensors file = new SafetensorsWriter()
                .f32("conv.weight", List.of(2, 2, 1, 2), 1, 2, 3, 4, 5, 6, 7, 3e38f)
                .f32("conv.bias", List.of(2), 10, 20)
                .norm("bn", new float[] {3, 4}, new float[2], new float[2], new float[2])
                .open(folder);
        refuses(CONV, file, WeightsCode.TOO_LARGE, "a weight of output channel 1 is 2.4");
    }
}
