package dev.octet.tools.onnx;

import dev.octet.plan.diag.OctetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Reads options as users write them on a command line or in a POM. */
public final class OptionText {
    private static final Pattern SHAPE = Pattern.compile("(?:(.+)=)?([1-9][0-9]{0,8}(?:x[1-9][0-9]{0,8})*)");
    private static final Pattern NUMBER = Pattern.compile("-?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE]-?[0-9]{1,2})?");
    private static final Pattern QUOTIENT =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) */ *([0-9]{1,9}(?:\\.[0-9]{1,9})?)");

    private OptionText() {}

    static OctetException wrong(String option, Object value, String reason) {
        String shown = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return new OctetException(
                OnnxCode.OPTION, option, shown.length() > 100 ? shown.substring(0, 100) + "..." : shown, reason);
    }

    /**
     * Shapes of inputs.
     *
     * @param text {@code 3x224x224}, or with names {@code photo=3x64x64;meta=8}; empty for none
     * @return shapes by name; the name is empty where none was given
     */
    public static Map<String, List<Integer>> shapes(String text) {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        for (String part : text.isBlank() ? new String[0] : text.split(";")) {
            Matcher matcher = SHAPE.matcher(part.strip());
            if (!matcher.matches()) {
                throw wrong("shape", text, "a shape is written 3x224x224, or photo=3x64x64;meta=8 for several inputs");
            }
            List<Integer> shape = new ArrayList<>();
            for (String extent : matcher.group(2).split("x")) {
                shape.add(Integer.valueOf(extent));
            }
            String name = matcher.group(1) == null ? "" : matcher.group(1);
            if (shape.size() != 1 && shape.size() != 3) {
                throw wrong("shape", part, "it has three extents, channels x height x width, or one");
            } else if (shapes.put(name, shape) != null) {
                throw wrong("shape", text, "it says the same input's shape twice");
            }
        }
        return shapes;
    }

    /** Numbers separated by commas, of that many; or none. */
    static List<Float> floats(String option, String text, int count) {
        List<Float> values = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            if (!NUMBER.matcher(part.strip()).matches() || !Float.isFinite(Float.parseFloat(part.strip()))) {
                throw wrong(option, text, "it has numbers separated by commas, such as .485,.456,.406");
            }
            values.add(Float.parseFloat(part.strip()));
        }
        if (!values.isEmpty() && values.size() != count) {
            throw wrong(option, text, "it needs " + count + " numbers, one for each channel");
        }
        return values;
    }

    /** A factor as a Java expression; empty for 1. */
    static String factor(String text) {
        Matcher quotient = QUOTIENT.matcher(text.strip());
        if (quotient.matches()) {
            float value = Float.parseFloat(quotient.group(1)) / Float.parseFloat(quotient.group(2));
            if (Float.isFinite(value) && value > 0) {
                return quotient.group(1) + (quotient.group(1).contains(".") ? "f" : "") + " / " + quotient.group(2)
                        + "f";
            }
        } else if (NUMBER.matcher(text.strip()).matches()) {
            float value = Float.parseFloat(text.strip());
            if (Float.isFinite(value) && value != 0) {
                return value == 1 ? "" : text.strip() + "f";
            }
        }
        throw wrong("scale", text, "it is a number other than 0, or a quotient such as 1/255");
    }

    static void requireClassName(String name) {
        if (!SourceVersion.isName(name) || !name.matches("[A-Za-z0-9_.]{1,200}")) {
            throw wrong("class", name, "it is a class name such as com.acme.Fashion");
        }
    }

    static void requireBatch(int maxBatch) {
        if (maxBatch < 1) {
            throw wrong("maxBatch", maxBatch, "it is at least 1");
        }
    }
}
