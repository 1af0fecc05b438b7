package dev.octet.plan.table;

import dev.octet.plan.Version;
import dev.octet.plan.diag.NearNames;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.internal.Cursor;
import dev.octet.plan.io.Sha256;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The layers of a network that stay in FP32, by the names that the definition gives to the layers or to values that they
 * make. The file is text for people and version control; lines that start with {@code #} are comments:
 *
 * <pre>{@code
 * octet-precision 1.0
 * network com.acme.Fashion
 * graph 5d1f...
 * conv1
 * # The heads lose too much:
 * head.cls
 * head.box.relu
 * }</pre>
 *
 * The line {@code graph} says for which version of the network the list was made, and may be missing from a list that was
 * written by hand. A later minor version may add lines that start with {@code ?}; readers of earlier minor versions skip
 * them.
 *
 * @param network binary name of the definition
 * @param graphHash {@link dev.octet.plan.text.GraphText#topologyHash} of the float graph; empty if the list is for any
 * @param fp32 names of layers or values
 */
public record PrecisionTable(String network, Optional<String> graphHash, SortedSet<String> fp32) {
    /** Version of the file format: readers refuse another major version by name. */
    public static final Version VERSION = new Version(1, 0);

    /** Most characters of a file. */
    public static final int MAX_BYTES = 1 << 22;

    private static final int MAX_NAMES = 1 << 14;

    public PrecisionTable {
        Cursor.requireName(network);
        graphHash.ifPresent(Sha256::requireHex);
        fp32 = Collections.unmodifiableSortedSet(new TreeSet<>(fp32));
        fp32.forEach(Cursor::requireName);
        if (fp32.size() > MAX_NAMES) {
            throw new IllegalArgumentException("more than " + MAX_NAMES + " names");
        }
    }

    /**
     * Checks that the list was made for a network.
     *
     * @param network binary name of the definition
     * @param names of all its layers and values
     * @throws OctetException {@link PrecisionCode#NETWORK} for another network, {@link PrecisionCode#UNKNOWN} for a name that
     *     it does not have
     */
    public void check(String network, Collection<String> names) {
        if (!this.network.equals(network)) {
            throw new OctetException(PrecisionCode.NETWORK, this.network, network);
        }
        for (String name : fp32) {
            if (!names.contains(name)) {
                throw new OctetException(
                        PrecisionCode.UNKNOWN, network, name, NearNames.suggestion(name, names), network);
            }
        }
    }

    /**
     * Checks that the list was made for this version of the network.
     *
     * @param graphHash of the float graph
     * @throws OctetException {@link PrecisionCode#GRAPH} for another
     */
    public void checkGraph(String graphHash) {
        if (!this.graphHash.map(graphHash::equals).orElse(true)) {
            throw new OctetException(PrecisionCode.GRAPH, network, this.graphHash.orElseThrow(), graphHash);
        }
    }

    /** The file: lines that end with a line feed, names sorted. */
    public String write() {
        StringBuilder out = new StringBuilder("octet-precision " + VERSION + "\n");
        out.append("network ").append(network).append('\n');
        graphHash.ifPresent(hash -> out.append("graph ").append(hash).append('\n'));
        fp32.forEach(name -> out.append(name).append('\n'));
        return out.toString();
    }

    /**
     * Reads a file; line ends of Windows are accepted.
     *
     * @param text content of the file
     * @param name name of the file, for messages
     * @throws OctetException {@link PrecisionCode#VERSION} for another major version, {@link PrecisionCode#MALFORMED} for a
     *     file that is damaged or lists a name twice
     */
    public static PrecisionTable read(String text, String name) {
        return Cursor.parse(text.replace("\r\n", "\n"), name, PrecisionCode.MALFORMED, in -> parse(in, name));
    }

    private static PrecisionTable parse(Cursor in, String name) {
        in.skipLines("#");
        while (in.isNext("#")) {
            in.restOfLine();
        }
        in.expect("octet-precision ");
        Version version = Version.parse(in.name());
        if (version.major() != VERSION.major()) {
            throw new OctetException(PrecisionCode.VERSION, name, version, VERSION);
        }
        if (version.minor() > VERSION.minor()) {
            in.skipLines("?");
        }
        in.endLine();
        in.expect("network ");
        String network = in.name();
        in.endLine();
        Optional<String> graph = in.accept("graph ") ? Optional.of(in.name()) : Optional.empty();
        if (graph.isPresent()) {
            in.endLine();
        }
        return new PrecisionTable(network, graph, names(in));
    }

    private static SortedSet<String> names(Cursor in) {
        SortedSet<String> names = new TreeSet<>();
        while (!in.atEnd()) {
            String name = in.name();
            if (!names.add(name)) {
                throw new IllegalArgumentException("'" + name + "' is listed twice");
            }
            in.endLine();
        }
        return names;
    }
}
