package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.MeasuredValues;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.tools.images.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Calibrates a network and puts what follows among the build inputs: its table and, where they are asked for, the
 * histograms and the precision file.
 *
 * @param network the network
 * @param sources folder of the build inputs, {@code src/main/octet}
 * @param request how
 */
public record TableBuild(BuiltNetwork network, Path sources, CalibrationRequest request) {
    /**
     * What was written.
     *
     * @param images those that were run
     * @param device name of the device that ran them
     * @param files files, the table first
     */
    public record Result(Images images, String device, List<Path> files) {
        public Result {
            files = List.copyOf(files);
        }

        /**
         * What to tell the user, a line each.
         *
         * @param display how paths are written
         */
        public List<String> lines(Function<Path, String> display) {
            List<String> lines = new ArrayList<>(List.of("FP32 ran on " + device));
            if (images.size() < images.available()) {
                lines.add("Not all images were used: octet.examples, or --examples, sets how many");
            }
            files.forEach(file -> lines.add(images.count() + " -> " + display.apply(file)));
            return List.copyOf(lines);
        }
    }

    /** Where a network's histograms are kept among the build inputs. */
    public static Path histograms(Path sources, String network) {
        return sources.resolve(network + ".histograms");
    }

    /**
     * Calibrates, and writes the files.
     *
     * @param images a place as {@link Dataset} knows them
     * @param progress told how far it is
     * @throws OctetException {@link ToolsCode#OTHER_PRECISION} if there is a precision file without the excluded layers,
     *     and the codes of {@link Calibration} and {@link Calibrator}
     */
    public Result run(Path images, Calibrator.Progress progress) {
        Path weights = WeightsSource.find(network, sources);
        requireNoOtherPrecision();
        Calibration calibration = new Calibration(network, weights, request.rule(), request.selection());
        Images chosen = calibration.images(images);
        MeasuredValues measured = calibration.measure(
                chosen,
                calibrator -> calibrator
                        .device(request.device())
                        .layers(request.layers())
                        .excluding(request.excluded())
                        .progress(progress));
        List<Path> files = new ArrayList<>();
        CalibrationTable table = measured.table(request.rule());
        files.add(TableInstall.source(sources, network.name()));
        TableInstall.save(table, files.get(0));
        if (request.histograms()) {
            files.add(write(
                    histograms(sources, network.name()),
                    measured.histograms(rules()).write()));
        }
        if (!request.excluded().isEmpty() && !Files.exists(precision())) {
            files.add(write(precision(), measured.precision().write()));
        }
        return new Result(chosen, measured.device(), files);
    }

    private static Path write(Path file, String text) {
        OutputFile.write(file, text);
        return file;
    }

    /** The table's rule, and those that it is compared with. */
    private List<RangeRule> rules() {
        List<RangeRule> rules = new ArrayList<>(List.of(request.rule()));
        RangeRule.all().stream()
                .filter(rule -> !rule.name().equals(request.rule().name()))
                .forEach(rules::add);
        return rules;
    }

    private Path precision() {
        return PrecisionCheck.source(sources, network.name());
    }

    /** People write precision files by hand, with comments: one that is there is left as it is. */
    private void requireNoOtherPrecision() {
        if (request.excluded().isEmpty() || !Files.exists(precision())) {
            return;
        }
        SortedSet<String> missing = new TreeSet<>(request.excluded());
        missing.removeAll(PrecisionCheck.read(precision()).fp32());
        if (!missing.isEmpty()) {
            throw new OctetException(ToolsCode.OTHER_PRECISION, precision(), String.join(", ", missing));
        }
    }
}
