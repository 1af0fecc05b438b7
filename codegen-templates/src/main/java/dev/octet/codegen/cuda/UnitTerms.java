package dev.octet.codegen.cuda;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Leaves factors and divisors of one and sums with zero out of a kernel, as whoever writes one for these numbers would:
 * templates have them for all strides, paddings and widths. Templates write integers alone so, and unsigned ones only
 * beside operands that are unsigned or become so, so that no value changes.
 */
final class UnitTerms {
    /** Whatever stands before belongs to the same product. */
    private static final Pattern FACTOR = Pattern.compile(" [*/] 1u?(?![\\w.])");
    /** Unless the zero begins a product. */
    private static final Pattern SUMMAND = Pattern.compile(" [-+] 0(?![\\w.]| [*/%])");
    /** What a factor or divisor left alone in the parentheses behind a cast. */
    private static final Pattern CAST_NAME = Pattern.compile("\\)\\((\\w+)\\)");

    /** The same around all that is assigned. */
    private static final Pattern WHOLE = Pattern.compile(" = \\(([^(),]*)\\);");

    private UnitTerms() {}

    /** {@code cuda} without them; comments stay. */
    static String leftOut(String cuda) {
        return cuda.lines().map(UnitTerms::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(String line) {
        int comment = line.indexOf("//");
        String code = comment < 0 ? line : line.substring(0, comment);
        String rest = line.substring(code.length());
        String products = FACTOR.matcher(code).replaceAll("");
        String sums = SUMMAND.matcher(products).replaceAll("");
        return (sums.equals(code) ? code : withoutParentheses(sums)) + rest;
    }

    private static String withoutParentheses(String code) {
        String casts = CAST_NAME.matcher(code).replaceAll(")$1");
        return WHOLE.matcher(casts).replaceAll(" = $1;");
    }
}
