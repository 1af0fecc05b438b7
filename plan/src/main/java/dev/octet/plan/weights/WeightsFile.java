package dev.octet.plan.weights;

import dev.octet.plan.Plan;
import dev.octet.plan.Version;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.quant.FloatLayer;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.GraphText;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Quantised weights of a network, for every target: {@code weights.bin}. All numbers are little-endian:
 *
 * <pre>
 * magic "OCTETW\0\0", int16 major, int16 minor version
 * SHA-256 of the graph's topology, SHA-256 of the float weights
 * int32 number of layers, sorted by name; each
 *   int16 length and UTF-8 of the name, int32 out, int32 taps, int32 in
 *   out*taps*in weights, out float scales, out float biases
 * from version 1.1 on: int32 number of float layers, sorted by name; each
 *   int16 length and UTF-8 of the name, int32 out, int32 taps, int32 in
 *   out*taps*in float weights, out float biases
 * from version 1.2 on: byte 1 and the SHA-256 of the calibration table that the weights were corrected for, or byte 0
 * SHA-256 of everything before
 * </pre>
 *
 * A later minor version may add data after the layers; readers of earlier minor versions skip it.
 *
 * @param graphHash {@link dev.octet.plan.text.GraphText#topologyHash} of the float graph
 * @param weightsHash SHA-256 of the file of float weights
 * @param layers quantised layers by name
 * @param floats layers that stay in FP32, by name
 * @param tableHash {@link CalibrationTable#hash} of the only table that the weights may be used with; empty for any
 */
public record WeightsFile(
        String graphHash,
        String weightsHash,
        SortedMap<String, QuantizedLayer> layers,
        SortedMap<String, FloatLayer> floats,
        Optional<String> tableHash) {
    /** Version of the file format: readers refuse another major version by name. */
    public static final Version VERSION = new Version(1, 2);

    public WeightsFile {
        Sha256.requireHex(graphHash);
        Sha256.requireHex(weightsHash);
        tableHash.ifPresent(Sha256::requireHex);
        layers = Collections.unmodifiableSortedMap(new TreeMap<>(layers));
        layers.forEach((name, layer) -> {
            if (!name.equals(layer.layer())) {
                throw new IllegalArgumentException("layer " + layer.layer() + " is listed as " + name);
            }
            requireUsable(layer);
        });
        floats = Collections.unmodifiableSortedMap(new TreeMap<>(floats));
        floats.forEach((name, layer) -> {
            if (!name.equals(layer.layer())) {
                throw new IllegalArgumentException("layer " + layer.layer() + " is listed as " + name);
            }
        });
    }

    /** Weights of a network of which no layer stays in FP32. */
    public WeightsFile(String graphHash, String weightsHash, SortedMap<String, QuantizedLayer> layers) {
        this(graphHash, weightsHash, layers, Collections.emptySortedMap());
    }

    /** Weights that were not corrected for a calibration table. */
    public WeightsFile(
            String graphHash,
            String weightsHash,
            SortedMap<String, QuantizedLayer> layers,
            SortedMap<String, FloatLayer> floats) {
        this(graphHash, weightsHash, layers, floats, Optional.empty());
    }

    /** The same weights, marked as corrected for a table. */
    public WeightsFile forTable(String hash) {
        return new WeightsFile(graphHash, weightsHash, layers, floats, Optional.of(hash));
    }

    /**
     * Checks that a table is the one that the weights were corrected for, if they were.
     *
     * @throws OctetException {@link WeightsCode#OTHER_TABLE}
     */
    public void checkTable(CalibrationTable table) {
        tableHash.filter(hash -> !hash.equals(table.hash())).ifPresent(hash -> {
            throw new OctetException(WeightsCode.OTHER_TABLE, table.network(), hash, table.hash());
        });
    }

    /**
     * The weights of a plan.
     *
     * @param plan says which layers are quantised and which stay in FP32
     * @param tensors the float weights
     * @throws OctetException a {@link WeightsCode} if tensors are missing or cannot be quantised
     */
    public static WeightsFile of(Plan plan, Safetensors tensors) {
        return of(plan, tensors.sha256(), WeightFolder.fold(plan.fp32(), tensors));
    }

    /**
     * The weights of a plan from folded layers.
     *
     * @param plan says which layers are quantised and which stay in FP32
     * @param weightsHash SHA-256 that identifies the float weights
     * @param folded all layers by name
     * @throws OctetException a {@link WeightsCode} if layers cannot be quantised
     */
    public static WeightsFile of(Plan plan, String weightsHash, SortedMap<String, FoldedLayer> folded) {
        return new WeightsFile(
                GraphText.topologyHash(plan.fp32()),
                weightsHash,
                WeightQuantizer.quantize(plan, folded),
                WeightQuantizer.floats(plan, folded));
    }

    private static void requireUsable(QuantizedLayer layer) {
        for (byte weight : layer.weights()) {
            if (weight == Byte.MIN_VALUE) {
                throw new IllegalArgumentException("layer " + layer.layer() + " has a weight of -128");
            }
        }
        for (int c = 0; c < layer.out(); c++) {
            float scale = layer.scale()[c];
            if (!(scale > 0) || Float.isInfinite(scale) || !Float.isFinite(layer.bias()[c])) {
                throw new IllegalArgumentException("layer " + layer.layer() + " has scale " + scale + " and bias "
                        + layer.bias()[c] + " in channel " + c);
            }
        }
    }

    /** The file. Throws {@link ArithmeticException} if it would have 2^31 bytes or more. */
    public byte[] write() {
        return WeightsWriter.write(this);
    }

    /**
     * Reads a file.
     *
     * @param bytes the file
     * @param name name of the file, for messages
     * @throws OctetException {@link WeightsCode#VERSION} for another major version, {@link WeightsCode#DAMAGED} for
     *     anything else that was not written as this class writes
     */
    public static WeightsFile read(byte[] bytes, String name) {
        return new WeightsReader(bytes, name).read();
    }
}
