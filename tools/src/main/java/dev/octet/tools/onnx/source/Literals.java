package dev.octet.tools.onnx.source;

import dev.octet.dsl.Kernel;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Java expressions for constants. */
final class Literals {
    private Literals() {}

    /** A text of printable ASCII in quotes. */
    static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** A float as people write it: {@code 1e-5f}, {@code .485f}, {@code 1}. */
    static String decimal(float value) {
        BigDecimal exact = new BigDecimal(Float.toString(value)).stripTrailingZeros();
        if (exact.signum() == 0) {
            return Float.floatToRawIntBits(value) == 0 ? "0" : "-0f";
        }
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent < -3 || exponent > 6) {
            BigDecimal digits = exact.movePointLeft(exponent).stripTrailingZeros();
            return digits.toPlainString() + "e" + exponent + "f";
        }
        String plain = exact.toPlainString();
        return plain.contains(".") ? plain.replaceFirst("^(-?)0\\.", "$1.") + "f" : plain;
    }

    /** A constructor chain of a kernel, of a convolution unless it pools. */
    static String kernel(Kernel kernel, String size, String stride, String pad, boolean pools) {
        StringBuilder text = new StringBuilder("kernel(").append(size).append(')');
        if (!stride.isEmpty()) {
            text.append(".stride(").append(stride).append(')');
        }
        if (!kernel.dilations().equals(List.of(1, 1))) {
            text.append(".dilation(").append(pair(kernel.dilations())).append(')');
        }
        if (!pad.isEmpty()) {
            text.append(".pad(").append(pad).append(')');
        }
        if (kernel.options().same()) {
            text.append(".same()");
        }
        if (kernel.options().ceil()) {
            text.append(".ceil()");
        }
        if (pools && !kernel.options().paddingCounts()) {
            text.append(".uncountedPadding()");
        }
        return text.toString();
    }

    /** Two numbers as arguments, or one if they are equal. */
    static String pair(List<Integer> numbers) {
        return numbers.get(0).equals(numbers.get(1))
                ? numbers.get(0).toString()
                : numbers.get(0) + ", " + numbers.get(1);
    }

    /** Four numbers as arguments, one if they are equal, none if they are 0. */
    static String sides(List<Integer> numbers) {
        boolean equal = numbers.stream().distinct().count() == 1;
        if (equal) {
            return numbers.get(0) == 0 ? "" : numbers.get(0).toString();
        }
        return numbers.toString().replaceAll("[\\[\\]]", "");
    }

    /** A Java name of the letters and digits of a text: {@code branch3x3dbl_1} is {@code branch3x3dbl1}. */
    static String identifier(String text, String otherwise) {
        StringBuilder name = new StringBuilder();
        for (String word : text.split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                String first = word.substring(0, 1);
                boolean start = name.isEmpty();
                name.append(start ? first.toLowerCase(Locale.ROOT) : first.toUpperCase(Locale.ROOT))
                        .append(word.substring(1));
            }
        }
        String plain = name.toString();
        boolean usable = plain.matches("[a-z][A-Za-z0-9]*") && !javax.lang.model.SourceVersion.isKeyword(plain);
        return usable ? plain : otherwise;
    }
}
