package dev.octet.examples.zoo;

import dev.octet.plan.Plan;
import dev.octet.plan.correct.Corrections;
import dev.octet.plan.table.CalibrationTable;
import dev.octet.plan.weights.Safetensors;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.MeasuredValues;
import dev.octet.runtime.Network;
import dev.octet.runtime.Options;
import dev.octet.runtime.RangeSource;
import dev.octet.runtime.calibrate.RangeRule;
import dev.octet.tools.Images;
import dev.octet.tools.accuracy.AccuracyMeasurement;
import dev.octet.tools.accuracy.BiasMeans;
import dev.octet.tools.accuracy.BuiltParts;
import dev.octet.tools.accuracy.PairedInterval;
import dev.octet.tools.accuracy.Scores;
import dev.octet.tools.accuracy.WeightCorrection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Measures a network in FP32 and in INT8, calibrated and corrected in every way. */
final class AccuracyRows {
    /** The modes that are measured, without and with bias correction. */
    static final List<String> MODES = List.of("naive", "entropy", "percentile", "mse");

    /** The mode without a calibration, whose ranges are those of each batch. */
    static final String PER_BATCH = "none";

    /** The mode with which the other corrections are measured: the default. */
    static final String DEFAULT_MODE = "entropy";

    private static final int THREADS = 2;

    /** Images whose ranges the mode without a calibration finds together. */
    private static final int BATCH = 16;

    private final AccuracyCase network;
    private final ZooBuild build;
    private final Plan plan;
    private final Safetensors tensors;
    private final Images examples;
    private final LabelledImages labelled;
    private final AccuracyMeasurement measurement;
    private final MeasuredValues measured;
    private final List<Row> rows = new ArrayList<>();
    private Scores exact;

    /**
     * A row of the table.
     *
     * @param mode calibration mode
     * @param corrections what was corrected
     * @param top1 per cent
     * @param agreement with FP32, per cent
     * @param snr mean over images of the logits' signal to noise ratio, dB
     * @param interval of INT8's top-1 minus FP32's
     */
    record Row(String mode, String corrections, double top1, double agreement, double snr, PairedInterval interval) {
        /** Whether this is what users get who choose nothing. */
        boolean isDefault() {
            return mode.equals(DEFAULT_MODE) && corrections.equals("bias");
        }

        String text(String network) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f | %+.2f | %+.2f to %+.2f | %.2f | %.1f |",
                    network,
                    mode,
                    corrections,
                    top1,
                    100 * interval.difference(),
                    100 * interval.low(),
                    100 * interval.high(),
                    agreement,
                    snr);
        }
    }

    AccuracyRows(AccuracyCase network, Path folder) throws IOException {
        this.network = network;
        build = new ZooBuild(folder, ZooCompilation.withoutKernels(network.definition()));
        plan = build.plan();
        tensors = Safetensors.open(network.weights());
        examples = AccuracyCase.inMemory(network.calibration().get());
        labelled = network.evaluation().get();
        measurement = new AccuracyMeasurement(plan, AccuracyCase.inMemory(labelled), THREADS);
        measured = Calibrator.of(build.spec(), network.weights())
                .examples(Integer.MAX_VALUE)
                .threads(THREADS)
                .measure(IntStream.range(0, examples.size()).mapToObj(examples::get));
    }

    /**
     * Runs everything.
     *
     * @param modes modes that are measured without and with bias correction
     * @param every whether the corrections that are not the default are measured too
     */
    List<Row> run(List<String> modes, boolean every) throws IOException {
        CalibrationTable usual = table(DEFAULT_MODE);
        exact = measurement.floats(new BuiltParts(tensors, usual, Optional.empty()));
        add(PER_BATCH, "none", perBatch());
        Corrections bias = corrections(false, BiasMeans.EMPIRICAL, usual).corrections();
        for (String mode : modes) {
            CalibrationTable table = table(mode);
            add(mode, "none", table, Optional.empty());
            add(mode, "bias", table, Optional.of(forTable(bias, table)));
        }
        if (every) {
            WeightCorrection.Result analytic = corrections(false, BiasMeans.ANALYTIC, usual);
            add(DEFAULT_MODE, "bias, analytic", analytic.table(), Optional.of(analytic.corrections()));
            WeightCorrection.Result equalised = corrections(true, BiasMeans.EMPIRICAL, usual);
            add(DEFAULT_MODE, "equalised, bias", equalised.table(), Optional.of(equalised.corrections()));
            Corrections factors = without(equalised.corrections());
            add(DEFAULT_MODE, "equalised", equalised.table(), Optional.of(factors));
        }
        return rows;
    }

    private CalibrationTable table(String mode) {
        return measured.table(RangeRule.named(mode).orElseThrow());
    }

    private WeightCorrection.Result corrections(boolean equalize, BiasMeans means, CalibrationTable table) {
        return new WeightCorrection(equalize, means, THREADS).run(plan, tensors, table, examples, done -> {});
    }

    /** Means are the float network's, so that one measurement serves every table. */
    private static Corrections forTable(Corrections bias, CalibrationTable table) {
        return new Corrections(
                bias.network(), bias.graphHash(), bias.weightsHash(), table.hash(), bias.exponents(), bias.biases());
    }

    private static Corrections without(Corrections all) {
        return new Corrections(
                all.network(), all.graphHash(), all.weightsHash(), all.tableHash(), all.exponents(), new TreeMap<>());
    }

    private Scores perBatch() throws IOException {
        Options options = Options.onDevice("cpu")
                .weights(network.weights())
                .maxBatch(BATCH)
                .ranges(RangeSource.PER_BATCH);
        float[][] scores = new float[labelled.size()][];
        try (Network opened = Network.open(build.spec(), options)) {
            for (int from = 0; from < scores.length; from += BATCH) {
                List<byte[]> batch = IntStream.range(from, Math.min(scores.length, from + BATCH))
                        .mapToObj(labelled.image())
                        .toList();
                float[][] found = Logits.of(opened, batch);
                System.arraycopy(found, 0, scores, from, found.length);
            }
        }
        return new Scores(scores);
    }

    private void add(String mode, String how, CalibrationTable table, Optional<Corrections> corrections) {
        add(mode, how, measurement.integers(new BuiltParts(tensors, table, corrections)));
    }

    private void add(String mode, String how, Scores found) {
        Row row = new Row(
                mode,
                how,
                100 * found.top1(labelled.labels()),
                100 * found.agreement(exact),
                found.meanSnr(exact),
                PairedInterval.of(found.right(labelled.labels()), exact.right(labelled.labels())));
        System.out.println(row.text(network.name()));
        rows.add(row);
    }

    /** FP32 top-1 in per cent. */
    double top1() {
        return 100 * exact.top1(labelled.labels());
    }

    int calibrationImages() {
        return examples.size();
    }

    int evaluationImages() {
        return labelled.size();
    }
}
