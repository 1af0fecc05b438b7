package dev.octet.tools.report;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.InputFile;
import dev.octet.tools.ToolsCode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an evaluation found, from the JSON that it writes. Members that are not mentioned here are skipped.
 *
 * @param network binary name of the definition
 * @param images number of images
 * @param rows ways of running the network, by what they are called here
 * @param difference how much more often INT8 is right than FP32
 * @param noise what INT8 does to values, by name
 */
record EvaluationFile(
        String network,
        int images,
        Map<String, Row> rows,
        Optional<Difference> difference,
        SortedMap<String, Noise> noise) {
    private static final String FORMAT = "octet-evaluation 1.";

    /**
     * A way of running the network; shares are from 0 to 1.
     *
     * @param device where it ran
     * @param top1 share of images whose best class is right
     * @param top5 share of images whose right class is among the best five
     * @param agreement share of images for which FP32 says the same class
     * @param imagesPerSecond throughput; NaN if it is too short to be measured
     */
    record Row(String device, Optional<Double> top1, Optional<Double> top5, double agreement, double imagesPerSecond) {}

    /**
     * A difference of two shares.
     *
     * @param top1 the difference
     * @param low least value of its interval of 95 %
     * @param high largest value of that interval
     */
    record Difference(double top1, double low, double high) {}

    /**
     * What INT8 does to a value.
     *
     * @param snr signal to noise ratio in dB; NaN if an element is not finite
     * @param cosine of the angle between INT8 and FP32; NaN like that
     */
    record Noise(double snr, double cosine) {
        /** Whether it says anything. */
        boolean isKnown() {
            return !Double.isNaN(snr) && !Double.isNaN(cosine);
        }
    }

    EvaluationFile {
        rows = Collections.unmodifiableMap(rows);
        noise = Collections.unmodifiableSortedMap(noise);
    }

    /**
     * Reads a file.
     *
     * @throws OctetException {@link ReportCode#EVALUATION} for one that is damaged, {@link ToolsCode#IO} for one that cannot
     *     be read
     */
    static EvaluationFile read(Path file) {
        return parse(InputFile.text(file), file.toString());
    }

    /** Reads a text; {@code name} is for messages. */
    static EvaluationFile parse(String text, String name) {
        try {
            return of(object(Json.read(text), "the file"));
        } catch (IllegalArgumentException e) {
            throw new OctetException(e, ReportCode.EVALUATION, name, e.getMessage());
        }
    }

    private static EvaluationFile of(Map<?, ?> json) {
        String format = string(json, "format");
        if (!format.startsWith(FORMAT)) {
            throw new IllegalArgumentException("format is '" + format + "', not '" + FORMAT + "0'");
        }
        SortedMap<String, Noise> noise = new TreeMap<>();
        if (json.get("layers") instanceof List<?> layers) {
            for (Object layer : layers) {
                Map<?, ?> row = object(layer, "each of layers");
                noise.put(string(row, "value"), new Noise(numberOrNull(row, "snr"), numberOrNull(row, "cosine")));
            }
        }
        Map<String, Row> rows = new LinkedHashMap<>();
        rows.put("FP32", row(json.get("fp32"), "fp32"));
        rows.put("INT8", row(json.get("int8"), "int8"));
        Optional<Difference> difference = Optional.ofNullable(json.get("difference"))
                .map(value -> object(value, "difference"))
                .map(of -> new Difference(number(of, "top1"), number(of, "low"), number(of, "high")));
        return new EvaluationFile(string(json, "network"), images(json), rows, difference, noise);
    }

    private static int images(Map<?, ?> json) {
        double images = number(json, "images");
        if (images < 1 || images > Integer.MAX_VALUE || images != Math.rint(images)) {
            throw new IllegalArgumentException("images is no number of images");
        }
        return (int) images;
    }

    private static Row row(Object value, String name) {
        Map<?, ?> row = object(value, name);
        return new Row(
                string(row, "device"),
                row.containsKey("top1") ? Optional.of(number(row, "top1")) : Optional.empty(),
                row.containsKey("top5") ? Optional.of(number(row, "top5")) : Optional.empty(),
                number(row, "agreement"),
                numberOrNull(row, "imagesPerSecond"));
    }

    private static Map<?, ?> object(Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(name + " is no object");
    }

    private static String string(Map<?, ?> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is no text");
    }

    /** NaN for null, which stands for what JSON cannot write. */
    private static double numberOrNull(Map<?, ?> json, String name) {
        return json.containsKey(name) && json.get(name) == null ? Double.NaN : number(json, name);
    }

    private static double number(Map<?, ?> json, String name) {
        if (json.get(name) instanceof Double number) {
            return number;
        }
        throw new IllegalArgumentException(name + " is no number");
    }
}
