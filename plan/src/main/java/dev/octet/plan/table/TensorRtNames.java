package dev.octet.plan.table;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.internal.Cursor;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which tensor of a TensorRT network is which value of a definition. A tensor that is not listed has the value's name. The
 * file has a line for each that differs: the value, a space, and the tensor to the end of the line, for tensors' names may
 * have spaces; {@code -} instead of a value leaves a tensor out. Lines that start with {@code #} are comments.
 *
 * <pre>{@code
 * # ResNet-50 as exported to ONNX
 * image input_tensor:0
 * bn1.relu (Unnamed Layer* 2) [Activation]_output
 * - scale_conv1_out_0
 * }</pre>
 *
 * @param values value by name of the tensor, empty for one that is left out; no value twice
 */
public record TensorRtNames(Map<String, Optional<String>> values) {
    /** No names but the values' own. */
    public static final TensorRtNames SAME = new TensorRtNames(Map.of());

    /** Most bytes of a file of names. */
    public static final int MAX_BYTES = 1 << 24;

    private static final int MAX_TENSORS = 1 << 16;
    private static final int LONGEST = 1024;

    public TensorRtNames {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        Map<String, String> tensors = new HashMap<>();
        values.forEach((tensor, value) -> {
            requireTensor(tensor);
            value.map(Cursor::requireName)
                    .filter(name -> tensors.put(name, tensor) != null)
                    .ifPresent(TensorRtNames::twice);
        });
    }

    private static void twice(String value) {
        throw new IllegalArgumentException("value '" + value + "' is listed twice");
    }

    /** Refuses what no line of a cache could have as a name. */
    static void requireTensor(String tensor) {
        boolean printable = tensor.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
        if (tensor.isEmpty() || tensor.length() > LONGEST || !printable) {
            throw new IllegalArgumentException(
                    "a tensor has a name of 1 to " + LONGEST + " characters without line ends or tabs");
        }
    }

    /** The value of a tensor; empty if it is to be left out. */
    public Optional<String> value(String tensor) {
        return values.getOrDefault(tensor, Optional.of(tensor));
    }

    /** The tensor of each value that is listed. */
    public Map<String, String> tensors() {
        Map<String, String> tensors = new HashMap<>();
        values.forEach((tensor, value) -> value.ifPresent(name -> tensors.put(name, tensor)));
        return tensors;
    }

    /**
     * Reads a file; line ends of Windows are accepted.
     *
     * @param text content of the file
     * @param name name of the file, for messages
     * @throws OctetException {@link TensorRtCode#NAMES} for a line that is no pair of names, and for a name listed twice
     */
    public static TensorRtNames read(String text, String name) {
        return Cursor.parse(text.replace("\r\n", "\n"), name, TensorRtCode.NAMES, TensorRtNames::parse);
    }

    private static TensorRtNames parse(Cursor in) {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        Set<String> listed = new HashSet<>();
        while (!in.atEnd()) {
            in.restOfLine(line -> line.startsWith("#") || line.isBlank() || pair(line, values, listed));
        }
        return new TensorRtNames(values);
    }

    private static boolean pair(String line, Map<String, Optional<String>> values, Set<String> listed) {
        int space = line.indexOf(' ');
        if (space < 1) {
            throw new IllegalArgumentException("expected '<value> <tensor>'");
        }
        String value = line.substring(0, space);
        String tensor = line.substring(space + 1);
        requireTensor(tensor);
        boolean leftOut = value.equals("-");
        if (!leftOut && !listed.add(Cursor.requireName(value))) {
            twice(value);
        }
        if (values.size() == MAX_TENSORS) {
            throw new IllegalArgumentException("more than " + MAX_TENSORS + " tensors");
        }
        if (values.put(tensor, leftOut ? Optional.empty() : Optional.of(value)) != null) {
            throw new IllegalArgumentException("tensor '" + tensor + "' is listed twice");
        }
        return true;
    }
}
