package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.calibrate.RangeRule;
import java.nio.file.Path;
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
    /**
     * Runs the calibration.
     *
     * @param images a file as {@link ImageSet} reads it
     * @param progress told how far it is
     */
    public CalibrationTable run(Path images, Calibrator.Progress progress) {
        Plan plan = network.plan();
        ImageSet set = ImageSet.read(images, Classifier.imageBytes(plan)).first(examples);
        return Calibrator.of(network.spec(), weights)
                .mode(rule)
                .examples(examples)
                .progress(progress)
                .run(IntStream.range(0, set.size()).mapToObj(set::get));
    }
}
