package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.MeasuredValues;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.tools.images.Dataset;
import dev.octet.tools.images.Selection;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Calibrates a compiled network with the images of a place.
 *
 * @param network the network
 * @param weights its safetensors file
 * @param rule how ranges are chosen
 * @param selection which images are used
 */
public record Calibration(BuiltNetwork network, Path weights, RangeRule rule, Selection selection) {
    /** The rule of the given name. Throws {@link OctetException} that lists the names there are. */
    public static RangeRule rule(String name) {
        return RangeRule.named(name)
                .orElseThrow(() -> new OctetException(
                        ToolsCode.ALGORITHM,
                        name,
                        RangeRule.all().stream().map(RangeRule::name).collect(Collectors.joining(", "))));
    }

    /**
     * Runs the calibration.
     *
     * @param images a place as {@link Dataset} knows them
     * @param progress told how far it is
     */
    public CalibrationTable run(Path images, Calibrator.Progress progress) {
        return measure(images(images), calibrator -> calibrator.progress(progress))
                .table(rule);
    }

    /** The selected images of a place as {@link Dataset} knows them. */
    public Images images(Path place) {
        return Dataset.images(place, network.plan(), selection);
    }

    /**
     * Measures what tables by any number of rules are made of.
     *
     * @param chosen of {@link #images}
     * @param settings other settings of the calibrator
     */
    public MeasuredValues measure(Images chosen, UnaryOperator<Calibrator> settings) {
        return settings.apply(Calibrator.of(network.spec(), weights).examples(chosen.size()))
                .measureExamples(IntStream.range(0, chosen.size())
                        .mapToObj(i -> Calibrator.Example.of(chosen.buffer(i, i + 1, false))));
    }
}
