package dev.octet.tools.diff;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.text.Decimals;
import dev.octet.plan.text.PlanText;
import dev.octet.plan.weights.WeightsFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A network of a build.
 *
 * @param listings everything about it but its kernels
 * @param kernels hashes of the kernels that its plan launches
 */
record NetworkListings(List<Listing> listings, SortedMap<KernelName, String> kernels) {
    private static final int MAX_TEXT = 64 << 20;
    private static final int MAX_WEIGHTS = Integer.MAX_VALUE - 8;
    private static final int SHORT = 12;

    /** Reads a network; {@link dev.octet.plan.diag.OctetException} names the file that is damaged. */
    static NetworkListings read(BuildFiles files, String network) {
        String path = ResourcePaths.plan(network);
        Plan plan = PlanText.read(files.read(path, MAX_TEXT).orElseThrow(), files.display(path));
        List<Listing> listings = new ArrayList<>(PlanListings.of(plan));
        listings.add(table(files, ResourcePaths.calibration(network)));
        listings.add(weights(files, network));
        return new NetworkListings(listings, KernelName.of(plan));
    }

    private static Listing table(BuildFiles files, String path) {
        Listing listing = new Listing("calibration");
        files.read(path, MAX_TEXT).ifPresent(bytes -> {
            CalibrationTable table =
                    CalibrationTable.read(new String(bytes, StandardCharsets.UTF_8), files.display(path));
            Map<String, String> origin = new LinkedHashMap<>();
            origin.put("algorithm", table.algorithm());
            origin.put("examples", String.valueOf(table.examples()));
            origin.put("graph", table.graphHash().substring(0, SHORT));
            origin.put("weights", table.weightsHash().substring(0, SHORT));
            listing.add("table", origin);
            table.amax().forEach((value, amax) -> listing.add(value, Map.of("range", Decimals.text(amax))));
        });
        return listing;
    }

    private static Listing weights(BuildFiles files, String network) {
        Listing listing = new Listing("weights");
        files.read(ResourcePaths.weightsSource(network), MAX_TEXT)
                .ifPresent(name ->
                        listing.add("source", Map.of("file", new String(name, StandardCharsets.UTF_8).strip())));
        String path = ResourcePaths.weights(network);
        files.read(path, MAX_WEIGHTS).ifPresent(bytes -> {
            WeightsFile weights = WeightsFile.read(bytes, files.display(path));
            Map<String, String> origin = new LinkedHashMap<>();
            origin.put("graph", weights.graphHash().substring(0, SHORT));
            origin.put("floats", weights.weightsHash().substring(0, SHORT));
            listing.add("weights.bin", origin);
            weights.layers().forEach((name, layer) -> listing.add("layer " + name, layer(layer)));
        });
        return listing;
    }

    private static Map<String, String> layer(QuantizedLayer layer) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("shape", layer.out() + "x" + layer.taps() + "x" + layer.in());
        attributes.put("integers", digest(layer.weights()));
        attributes.put("scales", digest(bytes(layer.scale())));
        attributes.put("biases", digest(bytes(layer.bias())));
        return attributes;
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static String digest(byte[] bytes) {
        return Sha256.hex(bytes).substring(0, SHORT);
    }
}
