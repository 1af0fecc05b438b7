package dev.octet.plan.table;

import dev.octet.plan.Version;
import dev.octet.plan.diag.NearNames;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.internal.Cursor;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.quant.Ranges;
import dev.octet.plan.text.Decimals;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Calibrated ranges of a network's values, keyed by the names that the definition gives them. The file is text for
 * people and version control; lines that start with {@code #} are comments:
 *
 * <pre>{@code
 * octet-calibration 1.0
 * network com.acme.Fashion
 * graph 5d1f...
 * weights 99ab...
 * algorithm entropy
 * examples 500
 * b1.bn1.relu 3.2512417
 * image 2.0227551
 * }</pre>
 *
 * A later minor version may add lines that start with {@code ?}; readers of earlier minor versions skip them.
 *
 * @param network binary name of the definition
 * @param graphHash {@link dev.octet.plan.text.GraphText#topologyHash} of the float graph
 * @param weightsHash SHA-256 of the weights file that was calibrated with
 * @param algorithm name of the algorithm that chose the ranges
 * @param examples number of images that were run; 0 if the ranges come from elsewhere
 * @param amax largest absolute value to represent, by name of the value; positive and finite
 */
public record CalibrationTable(
        String network,
        String graphHash,
        String weightsHash,
        String algorithm,
        int examples,
        SortedMap<String, Float> amax)
        implements Ranges {
    /** Version of the file format: readers refuse another major version by name. */
    public static final Version VERSION = new Version(1, 0);

    private static final int MAX_VALUES = 1 << 16;
    private static final int SHOWN_DIGITS = 12;

    public CalibrationTable {
        Cursor.requireName(network);
        Sha256.requireHex(graphHash);
        Sha256.requireHex(weightsHash);
        Cursor.requireName(algorithm);
        amax = Collections.unmodifiableSortedMap(new TreeMap<>(amax));
        if (examples < 0) {
            throw new IllegalArgumentException("number of examples is not negative: " + examples);
        }
        if (amax.size() > MAX_VALUES) {
            throw new IllegalArgumentException("more than " + MAX_VALUES + " values");
        }
        amax.forEach(CalibrationTable::requireRange);
    }

    private static void requireRange(String value, float range) {
        Cursor.requireName(value);
        if (!(range > 0) || Float.isInfinite(range)) {
            throw new IllegalArgumentException("the range of '" + value + "' is positive and finite, not " + range);
        }
    }

    @Override
    public float amax(String value) {
        Float range = amax.get(value);
        if (range == null) {
            String suggestion = NearNames.suggestion(value, amax.keySet());
            throw new OctetException(TableCode.MISSING, network, value, suggestion);
        }
        return range;
    }

    /**
     * Checks that the table belongs to a network and its weights.
     *
     * @throws OctetException {@link TableCode#FOREIGN} for another network or graph, {@link TableCode#OTHER_WEIGHTS} for
     *     other weights
     */
    public void check(String network, String graphHash, String weightsHash) {
        if (!this.network.equals(network) || !this.graphHash.equals(graphHash)) {
            throw new OctetException(
                    TableCode.FOREIGN, this.network, abbreviated(this.graphHash), network, abbreviated(graphHash));
        }
        if (!this.weightsHash.equals(weightsHash)) {
            throw new OctetException(
                    TableCode.OTHER_WEIGHTS, network, abbreviated(this.weightsHash), abbreviated(weightsHash));
        }
    }

    /** So much of a hash as people can compare; whatever a caller passes instead of one stays as it is. */
    private static String abbreviated(String hash) {
        return hash.length() > SHOWN_DIGITS ? hash.substring(0, SHOWN_DIGITS) + "..." : hash;
    }

    /** SHA-256 of {@link #write}: the same for every file that says the same. */
    public String hash() {
        return Sha256.hex(write());
    }

    /** The file: lines that end with a line feed, values sorted by name. */
    public String write() {
        StringBuilder out = new StringBuilder("octet-calibration " + VERSION + "\n");
        out.append("network ").append(network).append('\n');
        out.append("graph ").append(graphHash).append('\n');
        out.append("weights ").append(weightsHash).append('\n');
        out.append("algorithm ").append(algorithm).append('\n');
        out.append("examples ").append(examples).append('\n');
        amax.forEach((value, range) ->
                out.append(value).append(' ').append(Decimals.text(range)).append('\n'));
        return out.toString();
    }

    /**
     * Reads a file; line ends of Windows are accepted.
     *
     * @param text content of the file
     * @param name name of the file, for messages
     * @throws OctetException {@link TableCode#VERSION} for another major version, {@link TableCode#MALFORMED} for a file
     *     that is damaged, lists a value twice or has a range that is not positive and finite
     */
    public static CalibrationTable read(String text, String name) {
        return Cursor.parse(text.replace("\r\n", "\n"), name, TableCode.MALFORMED, in -> parse(in, name));
    }

    private static CalibrationTable parse(Cursor in, String name) {
        in.skipLines("#");
        in.expect("octet-calibration ");
        Version version = Version.parse(in.name());
        if (version.major() != VERSION.major()) {
            throw new OctetException(TableCode.VERSION, name, version, VERSION);
        }
        if (version.minor() > VERSION.minor()) {
            in.skipLines("?");
        }
        in.endLine();
        String network = header(in, "network ");
        String graph = header(in, "graph ");
        String weights = header(in, "weights ");
        String algorithm = header(in, "algorithm ");
        in.expect("examples ");
        int examples = in.integer(0, Integer.MAX_VALUE);
        in.endLine();
        return new CalibrationTable(network, graph, weights, algorithm, examples, ranges(in));
    }

    private static String header(Cursor in, String keyword) {
        in.expect(keyword);
        String value = in.name();
        in.endLine();
        return value;
    }

    private static SortedMap<String, Float> ranges(Cursor in) {
        SortedMap<String, Float> ranges = new TreeMap<>();
        while (!in.atEnd()) {
            String value = in.name();
            in.expect(" ");
            float range = Decimals.parse(in);
            requireRange(value, range);
            if (ranges.put(value, range) != null) {
                throw new IllegalArgumentException("value '" + value + "' is listed twice");
            }
            in.endLine();
        }
        return ranges;
    }
}
