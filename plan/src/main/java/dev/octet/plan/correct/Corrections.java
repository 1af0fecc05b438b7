package dev.octet.plan.correct;

import dev.octet.plan.Plan;
import dev.octet.plan.Version;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.internal.Cursor;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.FoldedLayer;
import dev.octet.plan.weights.Safetensors;
import dev.octet.plan.weights.WeightFolder;
import dev.octet.plan.weights.WeightsFile;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is done to the weights of a network between folding and quantising them: factors of channels (see
 * {@link Equalization}) and additions to biases (see {@link BiasCorrection}). A build input beside the calibration table that
 * it belongs to; {@link CorrectionsText} describes the file.
 *
 * @param network binary name of the definition
 * @param graphHash {@link GraphText#topologyHash} of the float graph
 * @param weightsHash SHA-256 of the file of float weights
 * @param tableHash {@link CalibrationTable#hash} of the table that they were made for
 * @param exponents of the powers of two by which output channels are multiplied, by name of the layer
 * @param biases added to the biases of quantised layers, per output channel, by name of the layer; finite
 */
public record Corrections(
        String network,
        String graphHash,
        String weightsHash,
        String tableHash,
        SortedMap<String, int[]> exponents,
        SortedMap<String, float[]> biases) {
    /** Version of the file format: readers refuse another major version by name. */
    public static final Version VERSION = new Version(1, 0);

    private static final int SHOWN_DIGITS = 12;

    public Corrections {
        Cursor.requireName(network);
        Sha256.requireHex(graphHash);
        Sha256.requireHex(weightsHash);
        Sha256.requireHex(tableHash);
        exponents = Collections.unmodifiableSortedMap(new TreeMap<>(exponents));
        biases = Collections.unmodifiableSortedMap(new TreeMap<>(biases));
        exponents.forEach((layer, powers) -> {
            Cursor.requireName(layer);
            for (int power : powers) {
                require(Math.abs(power) <= ChannelFactors.MOST, layer, "a factor of 2^" + power);
            }
        });
        biases.forEach((layer, additions) -> {
            Cursor.requireName(layer);
            for (float addition : additions) {
                require(Float.isFinite(addition), layer, "a bias of " + addition);
            }
        });
    }

    private static void require(boolean condition, String layer, String what) {
        if (!condition) {
            throw new IllegalArgumentException("layer " + layer + " has " + what);
        }
    }

    /**
     * What identifies the float weights once channels have their factors: tables that were made with them carry it in place of
     * the hash of the file, so that they are refused where the factors are missing.
     */
    public static String weightsHash(String fileHash, SortedMap<String, int[]> exponents) {
        if (exponents.isEmpty()) {
            return fileHash;
        }
        String factors = exponents.entrySet().stream()
                .map(entry -> entry.getKey() + " " + Arrays.toString(entry.getValue()))
                .collect(Collectors.joining("\n"));
        return Sha256.hex("equalized\n" + fileHash + "\n" + factors);
    }

    /** {@link #weightsHash(String, SortedMap)} of these factors. */
    public String equalizedHash() {
        return weightsHash(weightsHash, exponents);
    }

    /**
     * Checks that these are corrections of a network's weights for its table.
     *
     * @throws OctetException {@link CorrectionsCode#FOREIGN}, {@link CorrectionsCode#OTHER_WEIGHTS} or
     *     {@link CorrectionsCode#OTHER_TABLE}
     */
    public void check(Plan plan, String fileHash, CalibrationTable table) {
        String graph = GraphText.topologyHash(plan.fp32());
        if (!network.equals(plan.network()) || !graphHash.equals(graph)) {
            throw new OctetException(
                    CorrectionsCode.FOREIGN, network, abbreviated(graphHash), plan.network(), abbreviated(graph));
        }
        if (!weightsHash.equals(fileHash)) {
            throw new OctetException(
                    CorrectionsCode.OTHER_WEIGHTS, network, abbreviated(weightsHash), abbreviated(fileHash));
        }
        if (!tableHash.equals(table.hash())) {
            throw new OctetException(
                    CorrectionsCode.OTHER_TABLE, network, abbreviated(tableHash), abbreviated(table.hash()));
        }
    }

    private static String abbreviated(String hash) {
        return hash.substring(0, SHOWN_DIGITS) + "...";
    }

    /**
     * Quantises corrected weights.
     *
     * @throws OctetException {@link CorrectionsCode#UNFIT}, or a {@link dev.octet.plan.weights.WeightsCode}
     */
    public WeightsFile weights(Plan plan, Safetensors tensors) {
        try {
            SortedMap<String, FoldedLayer> layers =
                    ChannelFactors.apply(plan.fp32(), WeightFolder.fold(plan.fp32(), tensors), exponents);
            return WeightsFile.of(plan, equalizedHash(), BiasCorrection.add(plan, layers, biases))
                    .forTable(tableHash);
        } catch (IllegalArgumentException e) {
            throw new OctetException(e, CorrectionsCode.UNFIT, network, e.getMessage());
        }
    }

    /** The file: lines that end with a line feed, layers sorted by name. */
    public String write() {
        return CorrectionsText.write(this);
    }

    /**
     * Reads a file; line ends of Windows are accepted.
     *
     * @param text content of the file
     * @param name name of the file, for messages
     * @throws OctetException {@link CorrectionsCode#VERSION} for another major version, {@link CorrectionsCode#MALFORMED} for
     *     a file that is damaged or lists a layer twice
     */
    public static Corrections read(String text, String name) {
        return CorrectionsText.read(text, name);
    }
}
