package dev.octet.runtime;

/** Where the ranges of a quantised network's values come from. */
public enum RangeSource {
    /** A calibration table: the same for every run. */
    CALIBRATED,
    /**
     * The run itself: before each one the host evaluates the float graph, with the numbers that the quantised weights stand
     * for, on the images of the batch, and every value gets the largest magnitude that it has there. Needs no calibration
     * and no float weights. The result of an image depends on the batch that it is in, not on the device; the evaluation in
     * FP32 costs many times what the run in INT8 does ({@code docs/adr/0009-ranges-of-each-batch.md}).
     */
    PER_BATCH
}
