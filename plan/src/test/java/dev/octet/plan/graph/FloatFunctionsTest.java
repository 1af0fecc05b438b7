package dev.octet.plan.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions of floats against those of doubles, over every magnitude; {@code docs/arithmetic.md} states the errors. */
class FloatFunctionsTest {
    /** Floats between two arguments of the sweep; the number is prime, so that all last bits occur. */
    private static final int STEP = 2003;

    /** Below, exp(x) is subnormal and has fewer bits. */
    private static final float LEAST = -87;

    private static final Map<Activation.Kind, Double> MOST_ULPS = new EnumMap<>(Map.of(
            Activation.Kind.LEAKY_RELU, 0.5,
            Activation.Kind.ELU, 2.0,
            Activation.Kind.SIGMOID, 2.5,
            Activation.Kind.TANH, 3.0,
            Activation.Kind.HARD_SIGMOID, 1.5,
            Activation.Kind.SWISH, 3.0,
            Activation.Kind.HARD_SWISH, 2.0,
            Activation.Kind.GELU, 7.0));

    private static double reference(Activation activation, float x) {
        return activation.kind() == Activation.Kind.GELU && x < -3 ? x * tail(-x) : activation.of((double) x);
    }

    /** Share of a normal distribution above a, by Laplace's continued fraction: 1 - erf would cancel. */
    private static double tail(double a) {
        double fraction = a;
        for (int k = 400; k > 0; k--) {
            fraction = a + k / fraction;
        }
        return StrictMath.exp(-a * a / 2) / Math.sqrt(2 * Math.PI) / fraction;
    }

    @ParameterizedTest
    @EnumSource(Activation.Kind.class)
    void keepsTheStatedErrors(Activation.Kind kind) {
        Activation activation = new Activation(kind, kind.hasAlpha() ? .3f : 0);
        double worst = 0;
        float at = 0;
        for (long bits = 0; bits < 1L << 32; bits += STEP) {
            float x = Float.intBitsToFloat((int) bits);
            boolean tested = Float.isFinite(x) && (x >= LEAST || kind != Activation.Kind.SWISH);
            double expected = tested ? reference(activation, x) : 0;
            if (Math.abs(expected) >= Float.MIN_NORMAL && Math.abs(expected) <= Float.MAX_VALUE) {
                double error = Math.abs(activation.of(x) - expected) / Math.ulp((float) expected);
                at = error > worst ? x : at;
                worst = Math.max(worst, error);
            }
        }
        System.out.printf("%s: %.2f ulp at %s%n", kind.text(), worst, at);
        assertThat(worst).as("ulp at %s", at).isLessThanOrEqualTo(MOST_ULPS.getOrDefault(kind, 0.0));
    }

    @Test
    void endsAreWhatTheyShouldBe() {
        Activation sigmoid = new Activation(Activation.Kind.SIGMOID, 0);
        Activation tanh = new Activation(Activation.Kind.TANH, 0);
        Activation gelu = new Activation(Activation.Kind.GELU, 0);
        Activation elu = new Activation(Activation.Kind.ELU, 1);
        for (float large : new float[] {200, 1e30f, Float.MAX_VALUE}) {
            assertThat(sigmoid.of(large)).isEqualTo(1);
            assertThat(sigmoid.of(-large)).isEqualTo(0);
            assertThat(tanh.of(large)).isEqualTo(1);
            assertThat(tanh.of(-large)).isEqualTo(-1);
            assertThat(gelu.of(large)).isEqualTo(large);
            assertThat(gelu.of(-large)).isZero();
            assertThat(elu.of(-large)).isEqualTo(-1);
        }
        assertThat(sigmoid.of(0f)).isEqualTo(.5f);
        assertThat(tanh.of(0f)).isZero();
    }
}
