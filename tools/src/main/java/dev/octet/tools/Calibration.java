package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.MeasuredValues;
import dev.octet.runtime.calibrate.RangeRule;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Calibrates a compiled network with the images of a file.
 *
 * @param network the network
 * @param weights its safetensors file
 * @param rule how ranges are chosen
 * @param examples most images to use, from the file's start
 */
public record Calibration(BuiltNetwork network, Path weights, RangeRule rule, int examples) {
    public Calibration {
        if (examples < 1) {
            throw new OctetException(ToolsCode.COUNT, "examples", examples);
        }
    }

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
     * @param images a file as {@link ImageSet} reads it
     * @param progress told how far it is
     */
    public CalibrationTable run(Path images, Calibrator.Progress progress) {
        return measure(images, calibrator -> calibrator.progress(progress)).table(rule);
    }

    /**
     * Measures what tables by any number of rules are made of.
     *
     * @param images a file as {@link ImageSet} reads it
     * @param settings other settings of the calibrator
     */
    public MeasuredValues measure(Path images, UnaryOperator<Calibrator> settings) {
        Plan plan = network.plan();
        if (!ImageSet.feeds(plan)) {
            throw new OctetException(ToolsCode.NOT_ONE_IMAGE, plan.network(), ImageSet.kinds(plan));
        }
        int imageBytes = plan.inputs().get(0).shape().elements();
        ImageSet set = ImageSet.read(images, imageBytes).first(examples);
        return settings.apply(Calibrator.of(network.spec(), weights).examples(examples))
                .measure(IntStream.range(0, set.size()).mapToObj(set::get));
    }
}
