package dev.octet.tools;

import dev.octet.tools.accuracy.Bound;
import dev.octet.tools.accuracy.BuiltParts;
import dev.octet.tools.accuracy.Definition;
import dev.octet.tools.accuracy.PrecisionSearch;
import dev.octet.tools.images.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A search for the layers of a network that have to stay in FP32, with its files.
 *
 * @param bound what INT8 may cost
 * @param evaluations most evaluations
 * @param rankingImages images that each layer is ranked with
 */
public record SearchRequest(Bound bound, int evaluations, int rankingImages) {
    /**
     * What was found.
     *
     * @param result the layers
     * @param file the precision file; empty if none was needed, and none was written
     */
    public record Found(PrecisionSearch.Result result, Optional<Path> file) {
        /** For people. */
        public String text() {
            if (file.isEmpty()) {
                return "All layers can be in INT8.";
            }
            return String.format(
                    Locale.ROOT,
                    "%s stay in FP32, found in %d evaluations: %.2f becomes %.2f -> %s. Compile the module again.",
                    String.join(", ", result.layers()),
                    result.evaluations(),
                    result.before(),
                    result.after(),
                    file.get());
        }
    }

    /**
     * Searches, and writes the precision file if layers have to stay in FP32; those that it lists already stay there.
     *
     * @param definition the network's definition
     * @param network the network
     * @param sources folder of the build inputs, {@code src/main/octet}
     * @param data what it is evaluated on; classes are needed for a bound in points
     * @param progress told what is done, a line at a time
     */
    public Found run(
            Definition definition, BuiltNetwork network, Path sources, Dataset data, Consumer<String> progress) {
        PrecisionCheck.check(network, sources);
        int threads = Runtime.getRuntime().availableProcessors();
        PrecisionSearch search = new PrecisionSearch(
                definition, BuiltParts.of(network, sources), bound, evaluations, rankingImages, threads);
        PrecisionSearch.Result result = search.run(data.images(), data.labels(), progress);
        if (result.layers().isEmpty()) {
            return new Found(result, Optional.empty());
        }
        Path file = PrecisionCheck.source(sources, network.name());
        Set<String> before =
                Files.isRegularFile(file) ? PrecisionCheck.read(file).fp32() : Set.of();
        String text = search.table(result, before).write();
        OutputFile.write(file, text);
        return new Found(result, Optional.of(file));
    }
}
