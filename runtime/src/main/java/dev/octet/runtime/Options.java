package dev.octet.runtime;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How to open a network. Immutable; each method named like a component returns a changed copy.
 *
 * @param device {@code cpu}, {@code cuda:0}, ..., {@code simulated:sm_80}, ..., or {@code best}
 * @param maxConcurrency most calls that run at once; later ones wait in order of arrival
 * @param maxBatch most images in a run; 0 for as many as the definition allows. Session memory grows with it
 * @param precision arithmetic
 * @param calibration calibration table to use instead of the one on the class path
 * @param weights safetensors file: the weights of an FP32 network, or to be quantised at load
 * @param keepValues whether sessions keep every value of a run, so that {@link Session#value} can read it
 * @param ranges where the ranges of an INT8 network come from
 */
public record Options(
        String device,
        int maxConcurrency,
        int maxBatch,
        Precision precision,
        Optional<Path> calibration,
        Optional<Path> weights,
        boolean keepValues,
        RangeSource ranges) {
    private static final int DEFAULT_CONCURRENCY = 4;

    public Options {
        Objects.requireNonNull(device);
        Objects.requireNonNull(precision);
        Objects.requireNonNull(calibration);
        Objects.requireNonNull(weights);
        Objects.requireNonNull(ranges);
        if (maxConcurrency < 1) {
            throw new IllegalArgumentException("maxConcurrency is positive: " + maxConcurrency);
        }
        if (maxBatch < 0) {
            throw new IllegalArgumentException("maxBatch is not negative: " + maxBatch);
        }
    }

    /** INT8 on a device, with tables and weights from the class path and at most 4 calls at once. */
    public static Options onDevice(String device) {
        return new Options(
                device,
                DEFAULT_CONCURRENCY,
                0,
                Precision.INT8,
                Optional.empty(),
                Optional.empty(),
                false,
                RangeSource.CALIBRATED);
    }

    /** With another bound on calls that run at once. */
    public Options maxConcurrency(int calls) {
        return new Options(device, calls, maxBatch, precision, calibration, weights, keepValues, ranges);
    }

    /** With another bound on images in a run. */
    public Options maxBatch(int images) {
        return new Options(device, maxConcurrency, images, precision, calibration, weights, keepValues, ranges);
    }

    /** With other arithmetic. */
    public Options precision(Precision wanted) {
        return new Options(device, maxConcurrency, maxBatch, wanted, calibration, weights, keepValues, ranges);
    }

    /** With a calibration table from a file. */
    public Options calibration(Path file) {
        return new Options(device, maxConcurrency, maxBatch, precision, Optional.of(file), weights, keepValues, ranges);
    }

    /** With weights from a safetensors file. */
    public Options weights(Path file) {
        return new Options(
                device, maxConcurrency, maxBatch, precision, calibration, Optional.of(file), keepValues, ranges);
    }

    /** With or without every value readable after a run. */
    public Options keepValues(boolean keep) {
        return new Options(device, maxConcurrency, maxBatch, precision, calibration, weights, keep, ranges);
    }

    /**
     * With ranges from elsewhere. {@link RangeSource#PER_BATCH} needs no calibration, and goes neither with a calibration
     * table from a file nor with {@link Precision#FP32}.
     */
    public Options ranges(RangeSource source) {
        return new Options(device, maxConcurrency, maxBatch, precision, calibration, weights, keepValues, source);
    }
}
