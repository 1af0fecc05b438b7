package dev.octet.plan.graph;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A function of one number. Those that only limit it are part of the operator that makes the number; all others are
 * operators of their own, which devices look up in a table of 256 results.
 *
 * @param kind which function
 * @param alpha slope of the negative side of {@link Kind#LEAKY_RELU}, limit of {@link Kind#ELU}; 0 for all others
 */
public record Activation(Kind kind, float alpha) {
    /** Identity. */
    public static final Activation NONE = new Activation(Kind.NONE, 0);

    /** max(x, 0). */
    public static final Activation RELU = new Activation(Kind.RELU, 0);

    /** min(max(x, 0), 6). */
    public static final Activation RELU6 = new Activation(Kind.RELU6, 0);

    private static final Set<Kind> LIMITS = Set.of(Kind.NONE, Kind.RELU, Kind.RELU6);
    private static final Set<Kind> NON_NEGATIVE = Set.of(Kind.RELU, Kind.RELU6, Kind.SIGMOID, Kind.HARD_SIGMOID);

    /** The functions. */
    public enum Kind {
        /** x. */
        NONE,
        /** max(x, 0). */
        RELU,
        /** min(max(x, 0), 6). */
        RELU6,
        /** x, or alpha x where x is negative. */
        LEAKY_RELU,
        /** x, or alpha (exp(x) - 1) where x is negative. */
        ELU,
        /** 1 / (1 + exp(-x)). */
        SIGMOID,
        /** min(max(x + 3, 0), 6) / 6. */
        HARD_SIGMOID,
        /** Hyperbolic tangent. */
        TANH,
        /** x / (1 + exp(-x)). */
        SWISH,
        /** x min(max(x + 3, 0), 6) / 6. */
        HARD_SWISH,
        /** x (1 + erf(x / sqrt(2))) / 2. */
        GELU;

        /** The name in the text form. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the function has a parameter. */
        public boolean hasAlpha() {
            return this == LEAKY_RELU || this == ELU;
        }
    }

    public Activation {
        Objects.requireNonNull(kind);
        if (!Float.isFinite(alpha) || !kind.hasAlpha() && alpha != 0) {
            throw new IllegalArgumentException("no " + kind.text() + " of " + alpha);
        }
    }

    /** Whether the function only limits its argument, so that the operator that makes the argument can apply it. */
    public boolean isLimit() {
        return LIMITS.contains(kind);
    }

    /** Whether every result is at least zero, so that {@link ElementType#U8} can hold it. */
    public boolean isNonNegative() {
        return NON_NEGATIVE.contains(kind);
    }

    /** Largest result of a function that {@link #isLimit only limits}. */
    public double upper() {
        return kind == Kind.RELU6 ? 6 : Double.POSITIVE_INFINITY;
    }

    /** The function of a float, in the bits of the float graph; {@code docs/arithmetic.md} states the operations. */
    public float of(float x) {
        return switch (kind) {
            case NONE -> x;
            case RELU -> Math.max(x, 0);
            case RELU6 -> relu6(x);
            case LEAKY_RELU -> x < 0 ? alpha * x : x;
            case ELU -> x < 0 ? alpha * FloatFunctions.expm1(x) : x;
            case SIGMOID -> FloatFunctions.sigmoid(x);
            case HARD_SIGMOID -> relu6(x + 3) / 6;
            case TANH -> FloatFunctions.tanh(x);
            case SWISH -> x * FloatFunctions.sigmoid(x);
            case HARD_SWISH -> x * (relu6(x + 3) / 6);
            case GELU -> FloatFunctions.gelu(x);
        };
    }

    private static float relu6(float x) {
        return Math.min(Math.max(x, 0), 6);
    }

    /** The function in double, from which tables are made. */
    public double of(double x) {
        return switch (kind) {
            case NONE -> x;
            case RELU -> Math.max(x, 0);
            case RELU6 -> relu6(x);
            case LEAKY_RELU -> x < 0 ? alpha * x : x;
            case ELU -> x < 0 ? alpha * StrictMath.expm1(x) : x;
            case SIGMOID -> sigmoid(x);
            case HARD_SIGMOID -> relu6(x + 3) / 6;
            case TANH -> StrictMath.tanh(x);
            case SWISH -> x * sigmoid(x);
            case HARD_SWISH -> x * relu6(x + 3) / 6;
            case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
        };
    }

    private static double relu6(double x) {
        return Math.min(Math.max(x, 0), 6);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /**
     * Error function by Abramowitz and Stegun 7.1.6, {@code 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (1 3 ... (2n+1))}: all
     * terms have one sign, so nothing cancels. Beyond 6 it is 1 to the last bit of a double.
     */
    private static double erf(double x) {
        if (!(Math.abs(x) < 6)) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }
}
