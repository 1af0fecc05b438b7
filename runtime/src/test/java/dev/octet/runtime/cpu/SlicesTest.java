package dev.octet.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.runtime.cpu.Slices.Slice;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlicesTest {
    private static float[][] weights(int outputs, int terms, float value) {
        float[][] weights = new float[outputs][terms];
        for (float[] row : weights) {
            Arrays.fill(row, value);
        }
        return weights;
    }

    @Test
    void moderateSumsNeedNoCarry() {
        assertThat(Slices.integers(weights(3, 576, 20), 255, 512))
                .containsExactly(new Slice(0, 512, false), new Slice(512, 64, false));
    }

    @Test
    void carriesBeforeABoundIsExceeded() {
        int exact = (1 << 24) / (127 * 255);
        assertThat(Slices.integers(weights(2, exact, 127), 255, 10_000)).containsExactly(new Slice(0, exact, false));
        assertThat(Slices.integers(weights(2, exact + 1, 127), 255, 10_000))
                .containsExactly(new Slice(0, exact, true), new Slice(exact, 1, true));
    }

    @Test
    void oneOutputOfManyDecides() {
        float[][] weights = weights(5, 600, 1);
        Arrays.fill(weights[4], -127);
        assertThat(Slices.integers(weights, 255, 10_000)).hasSize(2).allMatch(Slice::carry);
    }

    @Test
    void boundsHoldOverSlicesThatOnlyMemoryCuts() {
        assertThat(Slices.integers(weights(1, 700, 127), 255, 300))
                .containsExactly(new Slice(0, 300, false), new Slice(300, 218, true), new Slice(518, 182, true));
    }

    @Test
    void floatsAreOneChain() {
        assertThat(Slices.floats(130, 64))
                .containsExactly(new Slice(0, 64, false), new Slice(64, 64, false), new Slice(128, 2, false));
        assertThat(Slices.floats(5, Integer.MAX_VALUE)).containsExactly(new Slice(0, 5, false));
    }
}
