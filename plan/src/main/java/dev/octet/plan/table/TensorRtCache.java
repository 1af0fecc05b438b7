package dev.octet.plan.table;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.internal.Cursor;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A calibration cache of TensorRT, as its calibrators write it: a line with version and algorithm, then a line for each
 * tensor with the bits of its scale, a float, as eight hexadecimal digits, most significant first. The scale is the largest
 * absolute value over 127 for every tensor: 255 steps are unknown to TensorRT.
 *
 * <pre>{@code
 * TRT-100100-EntropyCalibration2
 * input_tensor_0: 3f810204
 * conv1_out_0: 40d02b32
 * }</pre>
 *
 * (Described by the README of TensorRT's {@code sampleINT8}, v7.0.0, and by the caches in NVIDIA's MLPerf submissions.)
 *
 * @param header first line, such as {@code TRT-100100-EntropyCalibration2}
 * @param scales scale by name of the tensor, in the file's order; each positive, finite and large enough to be one
 */
public record TensorRtCache(String header, Map<String, Float> scales) {
    /** Most bytes of a cache's file. */
    public static final int MAX_BYTES = 1 << 24;

    private static final int STEPS = 127;
    private static final int MAX_TENSORS = 1 << 16;
    private static final int SHOWN = 60;
    private static final Pattern HEADER = Pattern.compile("TRT-[0-9]{1,9}-[A-Za-z0-9]{1,64}");
    private static final Pattern ENTRY = Pattern.compile("(.*): ([0-9a-f]{8})");

    public TensorRtCache {
        require(HEADER.matcher(header).matches(), "no version and algorithm of TensorRT: " + shown(header));
        scales = Collections.unmodifiableMap(new LinkedHashMap<>(scales));
        require(scales.size() <= MAX_TENSORS, "more than " + MAX_TENSORS + " tensors");
        scales.forEach(TensorRtCache::requireEntry);
    }

    private static void requireEntry(String tensor, float scale) {
        TensorRtNames.requireTensor(tensor);
        require(
                scale > 0 && amax(scale) <= Float.MAX_VALUE,
                "the scale of tensor '" + tensor + "' is " + scale + ", not positive and finite");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Largest absolute value that a scale stands for, rounded to float. */
    public static float amax(float scale) {
        return (float) ((double) scale * STEPS);
    }

    /** The scale of a largest absolute value, rounded to float. */
    public static float scale(float amax) {
        return (float) ((double) amax / STEPS);
    }

    /**
     * This cache with the ranges of a table. A tensor whose range did not change keeps its scale to the bit: of the floats
     * from 128 / 127 to 2, times powers of two, there are fewer ranges than scales, so that a scale does not always follow
     * from its range.
     *
     * @param table has a range for the value of every tensor
     * @param names leads from tensors to values; tensors that it leaves out keep their scales
     * @throws OctetException {@link TableCode#MISSING} or {@link TensorRtCode#RANGE} that names the value
     */
    public TensorRtCache with(CalibrationTable table, TensorRtNames names) {
        Map<String, Float> updated = new LinkedHashMap<>();
        scales.forEach((tensor, scale) -> updated.put(
                tensor,
                names.value(tensor)
                        .filter(value -> table.amax(value) != amax(scale))
                        .map(value -> scale(table, value))
                        .orElse(scale)));
        return new TensorRtCache(header, updated);
    }

    /**
     * A cache of all ranges of a table, in the order of their names.
     *
     * @param header version and algorithm that the cache is to say
     * @param names leads from values to tensors; values that it does not name are called as they are
     */
    public static TensorRtCache of(CalibrationTable table, TensorRtNames names, String header) {
        Map<String, String> tensors = names.tensors();
        Map<String, Float> scales = new LinkedHashMap<>();
        for (String value : table.amax().keySet()) {
            scales.put(tensors.getOrDefault(value, value), scale(table, value));
        }
        return new TensorRtCache(header, scales);
    }

    private static float scale(CalibrationTable table, String value) {
        float amax = table.amax(value);
        float scale = scale(amax);
        if (scale == 0) {
            throw new OctetException(TensorRtCode.RANGE, value, table.network(), amax, "it is too small");
        }
        return scale;
    }

    /** The same scales for another version of TensorRT, which reuses a cache only if the header is its own. */
    public TensorRtCache with(String otherHeader) {
        return new TensorRtCache(otherHeader, scales);
    }

    /** The file: lines that end with a line feed. */
    public String write() {
        StringBuilder out = new StringBuilder(header).append('\n');
        scales.forEach((tensor, scale) -> out.append(tensor)
                .append(": ")
                .append(HexFormat.of().toHexDigits(Float.floatToRawIntBits(scale)))
                .append('\n'));
        return out.toString();
    }

    /**
     * Reads a file; line ends of Windows are accepted.
     *
     * @param text content of the file
     * @param name name of the file, for messages
     * @throws OctetException {@link TensorRtCode#MALFORMED} for a line that no cache has, a tensor that is listed twice, or a
     *     scale that is none
     */
    public static TensorRtCache read(String text, String name) {
        String lines = text.replace("\r\n", "\n");
        return Cursor.parse(lines, name, TensorRtCode.MALFORMED, TensorRtCache::parse);
    }

    private static TensorRtCache parse(Cursor in) {
        String header = in.restOfLine(line -> new TensorRtCache(line, Map.of()).header());
        Map<String, Float> scales = new LinkedHashMap<>();
        while (!in.atEnd()) {
            Map.Entry<String, Float> entry = in.restOfLine(line -> entry(line, scales));
            scales.put(entry.getKey(), entry.getValue());
        }
        return new TensorRtCache(header, scales);
    }

    private static Map.Entry<String, Float> entry(String line, Map<String, Float> before) {
        Matcher entry = ENTRY.matcher(line);
        require(entry.matches(), "expected '<tensor>: <8 hexadecimal digits>', found " + shown(line));
        String tensor = entry.group(1);
        float scale = Float.intBitsToFloat(Integer.parseUnsignedInt(entry.group(2), 16));
        requireEntry(tensor, scale);
        require(before.size() < MAX_TENSORS, "more than " + MAX_TENSORS + " tensors");
        require(!before.containsKey(tensor), "tensor '" + tensor + "' is listed twice");
        return Map.entry(tensor, scale);
    }

    private static String shown(String line) {
        String start = line.substring(0, Math.min(line.length(), SHOWN)).replaceAll("\\p{Cntrl}", "?");
        return "'" + start + (line.length() > SHOWN ? "...'" : "'");
    }
}
