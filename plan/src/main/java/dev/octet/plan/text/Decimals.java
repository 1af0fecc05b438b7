package dev.octet.plan.text;

import dev.octet.plan.internal.Cursor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Decimal texts of floating-point numbers that are the same on every JDK: {@link Float#toString} changed in JDK 19. A
 * number is written with the fewest significant digits that read back as the same number, rounded half up from the exact
 * value; at most 9 for a float and 17 for a double are needed.
 */
public final class Decimals {
    private static final int FLOAT_DIGITS = 9;
    private static final int DOUBLE_DIGITS = 17;
    private static final int PLAIN_INTEGER_DIGITS = 17;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,40})?(E[+-]?[0-9]{1,3})?");

    private Decimals() {}

    /** Text of a finite float; others throw {@link IllegalArgumentException}. */
    public static String text(float value) {
        return text(value, FLOAT_DIGITS, text -> Float.parseFloat(text) == value);
    }

    /** Text of a finite double; others throw {@link IllegalArgumentException}. */
    public static String text(double value) {
        return text(value, DOUBLE_DIGITS, text -> Double.parseDouble(text) == value);
    }

    /** Reads a float at a cursor, as {@link #parseFloat} does. */
    public static float parse(Cursor in) {
        return parseFloat(in.name());
    }

    /**
     * Reads a decimal such as {@code -1.5} or {@code 1E-7}. Anything else, or what rounds to infinity, throws
     * {@link IllegalArgumentException}.
     */
    public static float parseFloat(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not a decimal number: " + text.substring(0, Math.min(text.length(), 40)));
        }
        float value = Float.parseFloat(text);
        if (Float.isInfinite(value)) {
            throw new IllegalArgumentException("number too large for a float: " + text);
        }
        return value;
    }

    private static String text(double value, int digits, Predicate<String> readsBack) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("not finite: " + value);
        }
        if (value == 0) {
            return Double.doubleToRawLongBits(value) == 0 ? "0" : "-0";
        }
        BigDecimal exact = new BigDecimal(value);
        for (int precision = 1; precision < digits; precision++) {
            String text = text(exact.round(new MathContext(precision)));
            if (readsBack.test(text)) {
                return text;
            }
        }
        return text(exact.round(new MathContext(digits)));
    }

    /** Without trailing zeros; without an exponent where that is short. */
    private static String text(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        boolean shortInteger = stripped.scale() < 0 && stripped.precision() - stripped.scale() <= PLAIN_INTEGER_DIGITS;
        return shortInteger ? stripped.toPlainString() : stripped.toString();
    }
}
