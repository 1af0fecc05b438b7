package dev.octet.plan.table;

import dev.octet.plan.Version;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.internal.Cursor;
import dev.octet.plan.io.Sha256;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a calibration saw: the histogram of every value, and the range that each of several algorithms would choose for it.
 * For people and reports; nothing that runs needs it. The file is text, and stands beside the calibration table:
 *
 * <pre>{@code
 * octet-histograms 1.0
 * network com.acme.Fashion
 * graph 5d1f...
 * weights 99ab...
 * examples 500
 * algorithms entropy naive
 * value image
 * steps 127
 * ranges 2.0180664 2.0227551
 * max 2.0227551
 * width 0.0009765625
 * counts 0 17 4
 * negative 0 9 4
 * }</pre>
 *
 * Lines that start with {@code #} are comments. A later minor version may add lines that start with {@code ?}; readers of
 * earlier minor versions skip them.
 *
 * @param network binary name of the definition
 * @param graphHash {@link dev.octet.plan.text.GraphText#topologyHash} of the float graph
 * @param weightsHash SHA-256 of the weights file that was calibrated with
 * @param examples number of images that were run, positive
 * @param algorithms names of algorithms, without repetition
 * @param values what was seen, by name of the value
 */
public record HistogramTable(
        String network,
        String graphHash,
        String weightsHash,
        int examples,
        List<String> algorithms,
        SortedMap<String, ValueHistogram> values) {
    /** Version of the file format: readers refuse another major version by name. */
    public static final Version VERSION = new Version(1, 0);

    /** Most algorithms of a file. */
    public static final int MAX_ALGORITHMS = 64;

    private static final int MAX_VALUES = 1 << 16;

    public HistogramTable {
        Cursor.requireName(network);
        Sha256.requireHex(graphHash);
        Sha256.requireHex(weightsHash);
        algorithms = List.copyOf(algorithms);
        algorithms.forEach(Cursor::requireName);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        if (examples < 1) {
            throw new IllegalArgumentException("number of examples is positive: " + examples);
        }
        int count = algorithms.size();
        if (count == 0 || count > MAX_ALGORITHMS || new HashSet<>(algorithms).size() < count) {
            throw new IllegalArgumentException("from 1 to " + MAX_ALGORITHMS + " different algorithms: " + algorithms);
        }
        if (values.size() > MAX_VALUES) {
            throw new IllegalArgumentException("more than " + MAX_VALUES + " values");
        }
        values.forEach((name, value) -> requireValue(name, value, count));
    }

    private static void requireValue(String name, ValueHistogram value, int ranges) {
        Cursor.requireName(name);
        if (value.ranges().size() != ranges) {
            throw new IllegalArgumentException(
                    "'" + name + "' has " + value.ranges().size() + " ranges for " + ranges + " algorithms");
        }
    }

    /** The file: lines that end with a line feed, values sorted by name. */
    public String write() {
        StringBuilder out = new StringBuilder("octet-histograms " + VERSION + "\n");
        out.append("network ").append(network).append('\n');
        out.append("graph ").append(graphHash).append('\n');
        out.append("weights ").append(weightsHash).append('\n');
        out.append("examples ").append(examples).append('\n');
        out.append("algorithms ").append(String.join(" ", algorithms)).append('\n');
        values.forEach(
                (name, value) -> value.write(out.append("value ").append(name).append('\n')));
        return out.toString();
    }

    /**
     * Reads a file; line ends of Windows are accepted.
     *
     * @param text content of the file
     * @param name name of the file, for messages
     * @throws OctetException {@link HistogramCode#VERSION} for another major version, {@link HistogramCode#MALFORMED} for
     *     a file that is damaged, lists a value twice, or has numbers that no histogram has
     */
    public static HistogramTable read(String text, String name) {
        return Cursor.parse(text.replace("\r\n", "\n"), name, HistogramCode.MALFORMED, in -> parse(in, name));
    }

    private static HistogramTable parse(Cursor in, String name) {
        in.skipLines("#");
        in.expect("octet-histograms ");
        Version version = Version.parse(in.name());
        if (version.major() != VERSION.major()) {
            throw new OctetException(HistogramCode.VERSION, name, version, VERSION);
        }
        if (version.minor() > VERSION.minor()) {
            in.skipLines("?");
        }
        in.endLine();
        String network = header(in, "network ");
        String graph = header(in, "graph ");
        String weights = header(in, "weights ");
        in.expect("examples ");
        int examples = in.integer(1, Integer.MAX_VALUE);
        in.endLine();
        in.expect("algorithms ");
        List<String> algorithms = in.list(" ", MAX_ALGORITHMS, in::name);
        in.endLine();
        return new HistogramTable(network, graph, weights, examples, algorithms, values(in));
    }

    private static String header(Cursor in, String keyword) {
        in.expect(keyword);
        String value = in.name();
        in.endLine();
        return value;
    }

    private static SortedMap<String, ValueHistogram> values(Cursor in) {
        SortedMap<String, ValueHistogram> values = new TreeMap<>();
        while (!in.atEnd()) {
            String value = header(in, "value ");
            if (values.put(value, ValueHistogram.parse(in)) != null) {
                throw new IllegalArgumentException("value '" + value + "' is listed twice");
            }
        }
        return values;
    }
}
