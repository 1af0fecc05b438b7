package dev.octet.plan.correct;

import dev.octet.plan.Version;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.internal.Cursor;
import dev.octet.plan.text.Decimals;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file of corrections, text for version control. Lines that start with {@code #} are comments:
 *
 * <pre>{@code
 * octet-corrections 1.0
 * network com.acme.Fashion
 * graph 5d1f...
 * weights 99ab...
 * table 01c2...
 * equalize conv1 0 3 -1 0
 * bias conv1 0.0021 -0.13 0 0.0007
 * }</pre>
 *
 * {@code equalize} gives exponents of two, {@code bias} real numbers, one for each output channel of the layer. A later minor
 * version may add lines that start with {@code ?}; readers of earlier minor versions skip them.
 */
final class CorrectionsText {
    private static final int MAX_CHANNELS = 1 << 20;

    private CorrectionsText() {}

    static String write(Corrections corrections) {
        StringBuilder out = new StringBuilder("octet-corrections " + Corrections.VERSION + "\n");
        out.append("network ").append(corrections.network()).append('\n');
        out.append("graph ").append(corrections.graphHash()).append('\n');
        out.append("weights ").append(corrections.weightsHash()).append('\n');
        out.append("table ").append(corrections.tableHash()).append('\n');
        corrections.exponents().forEach((layer, exponents) -> {
            out.append("equalize ").append(layer);
            for (int exponent : exponents) {
                out.append(' ').append(exponent);
            }
            out.append('\n');
        });
        corrections.biases().forEach((layer, biases) -> {
            out.append("bias ").append(layer);
            for (float bias : biases) {
                out.append(' ').append(Decimals.text(bias));
            }
            out.append('\n');
        });
        return out.toString();
    }

    static Corrections read(String text, String name) {
        return Cursor.parse(text.replace("\r\n", "\n"), name, CorrectionsCode.MALFORMED, in -> parse(in, name));
    }

    private static Corrections parse(Cursor in, String name) {
        in.skipLines("#");
        in.expect("octet-corrections ");
        Version version = Version.parse(in.name());
        if (version.major() != Corrections.VERSION.major()) {
            throw new OctetException(CorrectionsCode.VERSION, name, version, Corrections.VERSION);
        }
        if (version.minor() > Corrections.VERSION.minor()) {
            in.skipLines("?");
        }
        in.endLine();
        String network = header(in, "network ");
        String graph = header(in, "graph ");
        String weights = header(in, "weights ");
        String table = header(in, "table ");
        SortedMap<String, int[]> exponents = new TreeMap<>();
        SortedMap<String, float[]> biases = new TreeMap<>();
        while (!in.atEnd()) {
            if (in.accept("equalize ")) {
                add(exponents, in.name(), exponents(in));
            } else {
                in.expect("bias ");
                add(biases, in.name(), biases(in));
            }
            in.endLine();
        }
        return new Corrections(network, graph, weights, table, exponents, biases);
    }

    private static String header(Cursor in, String keyword) {
        in.expect(keyword);
        String value = in.name();
        in.endLine();
        return value;
    }

    private static <T> void add(SortedMap<String, T> layers, String layer, T values) {
        if (layers.put(layer, values) != null) {
            throw new IllegalArgumentException("layer '" + layer + "' is listed twice");
        }
    }

    private static int[] exponents(Cursor in) {
        in.expect(" ");
        List<Integer> numbers = in.list(" ", MAX_CHANNELS, () -> {
            boolean negative = in.accept("-");
            int magnitude = in.integer(0, ChannelFactors.MOST);
            return negative ? -magnitude : magnitude;
        });
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static float[] biases(Cursor in) {
        in.expect(" ");
        List<Float> numbers = in.list(" ", MAX_CHANNELS, () -> Decimals.parse(in));
        float[] biases = new float[numbers.size()];
        for (int i = 0; i < biases.length; i++) {
            biases[i] = numbers.get(i);
        }
        return biases;
    }
}
