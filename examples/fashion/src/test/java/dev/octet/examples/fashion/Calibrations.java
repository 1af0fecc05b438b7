package dev.octet.examples.fashion;

import dev.octet.runtime.Calibrator;
import dev.octet.runtime.MeasuredValues;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.tools.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a device makes of the example's calibration images. */
final class Calibrations {
    /** Every mode. */
    static final List<RangeRule> MODES = List.of(
            RangeRule.naive(),
            RangeRule.entropy(),
            RangeRule.entropyTensorRt(),
            RangeRule.entropyMxNet(),
            RangeRule.percentile(99.99),
            RangeRule.mse());

    private Calibrations() {}

    /**
     * The tables of all modes, as files, and the histograms with all counts.
     *
     * @param images number of images
     * @param batch images in a run
     */
    static List<String> on(String device, int images, int batch) {
        ImageSet set = Fixtures.data().calibration();
        MeasuredValues measured = Calibrator.of(FashionNetwork.spec(), Fixtures.FILES.weights())
                .device(device)
                .batch(batch)
                .measure(IntStream.range(0, images).mapToObj(set::get));
        List<String> files = new ArrayList<>();
        MODES.forEach(mode -> files.add(measured.table(mode).write()));
        files.add(measured.histograms(MODES).write());
        return files;
    }
}
