package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.NearNames;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Node;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.table.TensorRtCache;
import dev.octet.plan.table.TensorRtCode;
import dev.octet.plan.table.TensorRtNames;
import dev.octet.plan.text.GraphText;
import dev.octet.plan.weights.Safetensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes the calibration table of a network from a calibration cache of TensorRT, and a cache from the table. An import
 * keeps the cache beside the table, and an export goes out from it: so tensors keep their order, and scales whose range
 * did not change their bits.
 *
 * @param network the network
 * @param sources folder of the build inputs, {@code src/main/octet}
 * @param names file of {@link TensorRtNames}; if not given, {@code <network>.tensorrt-names} of that folder, if it is there
 */
public record TensorRtExchange(BuiltNetwork network, Path sources, Optional<Path> names) {
    /** Header of a cache that no import is the model of: the last version with calibrators that were not deprecated. */
    public static final String USUAL_HEADER = "TRT-8601-EntropyCalibration2";

    private static final int SHOWN = 8;

    /** Where the cache that a network's table was imported from is kept among the build inputs. */
    public static Path cache(Path sources, String network) {
        return sources.resolve(network + ".tensorrt");
    }

    /** Where a network's names of tensors are kept among the build inputs. */
    public static Path names(Path sources, String network) {
        return sources.resolve(network + ".tensorrt-names");
    }

    /**
     * Makes the table.
     *
     * @param file a cache
     * @return the table's file
     * @throws OctetException a {@link TensorRtCode} if the cache or the names are malformed, if a value that the quantised
     *     network needs has no tensor, or if a tensor has no value
     */
    public Path importFrom(Path file) {
        byte[] bytes = BuiltNetwork.readAll(file, TensorRtCache.MAX_BYTES);
        TensorRtCache cache = TensorRtCache.read(new String(bytes, StandardCharsets.UTF_8), file.toString());
        Plan plan = network.plan();
        TensorRtNames tensors = tensorNames(plan);
        SortedMap<String, Float> amax = ranges(plan, cache, tensors, file);
        requireAll(plan, amax.keySet(), tensors, file);
        CalibrationTable table = new CalibrationTable(
                plan.network(),
                GraphText.topologyHash(plan.fp32()),
                Safetensors.open(WeightsSource.find(network, sources)).sha256(),
                cache.header(),
                0,
                amax);
        Path target = TableInstall.source(sources, network.name());
        OutputFile.write(cache(sources, network.name()), bytes);
        TableInstall.save(table, target);
        return target;
    }

    /**
     * Writes the cache of the table among the build inputs.
     *
     * @param file the cache
     * @param header its first line; that of the imported cache if not given, or {@link #USUAL_HEADER} without one
     * @throws OctetException a {@link dev.octet.plan.table.TableCode} or {@link TensorRtCode};
     *     {@link ToolsCode#EQUALIZED_TABLE} if the ranges are not those of the float model
     */
    public void exportTo(Path file, Optional<String> header) {
        Plan plan = network.plan();
        CalibrationTable table = table(plan);
        TensorRtNames tensors = tensorNames(plan);
        Path base = cache(sources, network.name());
        TensorRtCache cache;
        if (Files.isRegularFile(base)) {
            TensorRtCache imported =
                    TensorRtCache.read(BuiltNetwork.readText(base, TensorRtCache.MAX_BYTES), base.toString());
            requireAll(plan, ranges(plan, imported, tensors, base).keySet(), tensors, base);
            cache = imported.with(table, tensors);
        } else {
            cache = TensorRtCache.of(table, tensors, USUAL_HEADER);
        }
        OutputFile.write(file, withHeader(cache, header).write());
    }

    private static TensorRtCache withHeader(TensorRtCache cache, Optional<String> header) {
        try {
            return header.map(cache::with).orElse(cache);
        } catch (IllegalArgumentException e) {
            throw new OctetException(e, ToolsCode.CACHE_HEADER, header.orElseThrow());
        }
    }

    private CalibrationTable table(Plan plan) {
        Path source = TableInstall.source(sources, network.name());
        if (!Files.isRegularFile(source)) {
            throw new OctetException(ToolsCode.NO_TABLE, network.name(), network.name(), sources);
        }
        CalibrationTable table =
                CalibrationTable.read(BuiltNetwork.readText(source, BuiltNetwork.MAX_TEXT), source.toString());
        Safetensors tensors = Safetensors.open(WeightsSource.find(network, sources));
        requireNotEqualized(plan, tensors, table);
        table.check(network.name(), GraphText.topologyHash(plan.fp32()), tensors.sha256());
        return table;
    }

    /** A cache gives ranges to whatever engine is built with it, and that has the weights of the float model. */
    private void requireNotEqualized(Plan plan, Safetensors tensors, CalibrationTable table) {
        boolean equalized = !table.weightsHash().equals(tensors.sha256())
                && CorrectionsInput.find(network, plan, sources, tensors, table)
                        .filter(found -> table.weightsHash().equals(found.equalizedHash()))
                        .isPresent();
        if (equalized) {
            Path corrections = CorrectionsInput.source(sources, network.name());
            throw new OctetException(ToolsCode.EQUALIZED_TABLE, network.name(), corrections);
        }
    }

    private TensorRtNames tensorNames(Plan plan) {
        Path usual = names(sources, network.name());
        Optional<Path> file = names.or(() -> Optional.of(usual).filter(Files::isRegularFile));
        if (file.isEmpty()) {
            return TensorRtNames.SAME;
        }
        Path found = file.get();
        TensorRtNames read =
                TensorRtNames.read(BuiltNetwork.readText(found, TensorRtNames.MAX_BYTES), found.toString());
        Set<String> values = values(plan);
        List<String> unknown = read.tensors().keySet().stream()
                .filter(value -> !values.contains(value))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new OctetException(
                    TensorRtCode.UNKNOWN,
                    found,
                    shown(unknown),
                    plan.network(),
                    NearNames.suggestion(unknown.get(0), values));
        }
        return read;
    }

    /** Values that a calibration gives ranges. */
    private static Set<String> values(Plan plan) {
        return plan.fp32().nodes().stream()
                .filter(node -> !node.isHosts())
                .map(Node::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ranges of a cache, none of whose tensors is unknown. */
    private static SortedMap<String, Float> ranges(Plan plan, TensorRtCache cache, TensorRtNames names, Path file) {
        Set<String> values = values(plan);
        Set<String> listed = new HashSet<>(names.tensors().keySet());
        SortedMap<String, Float> amax = new TreeMap<>();
        List<String> extra = new ArrayList<>();
        cache.scales().forEach((tensor, scale) -> {
            // A tensor that is called like a value that the names give to another one is a stranger.
            boolean stranger = !names.values().containsKey(tensor) && listed.contains(tensor);
            Optional<String> value = names.value(tensor);
            if (stranger || value.isPresent() && !values.contains(value.get())) {
                extra.add(tensor);
            } else {
                value.ifPresent(known -> amax.put(known, TensorRtCache.amax(scale)));
            }
        });
        if (!extra.isEmpty()) {
            String suggestion = NearNames.suggestion(extra.get(0), values);
            throw new OctetException(TensorRtCode.EXTRA, file, shown(extra), plan.network(), suggestion);
        }
        return amax;
    }

    private static void requireAll(Plan plan, Set<String> present, TensorRtNames names, Path file) {
        SortedSet<String> missing = new TreeSet<>();
        plan.int8().nodes().forEach(node -> node.type().scale().ifPresent(missing::add));
        missing.removeAll(present);
        if (!missing.isEmpty()) {
            List<String> tensors = missing.stream()
                    .map(value -> names.tensors().getOrDefault(value, value))
                    .toList();
            throw new OctetException(
                    TensorRtCode.MISSING, file, shown(List.copyOf(missing)), plan.network(), shown(tensors));
        }
    }

    private static String shown(List<String> names) {
        String first = names.stream().limit(SHOWN).collect(Collectors.joining("', '", "'", "'"));
        return names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
    }
}
