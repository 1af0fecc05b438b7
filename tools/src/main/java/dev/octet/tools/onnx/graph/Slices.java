package dev.octet.tools.onnx.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** {@code Slice}: neighbouring channels, and every second pixel of every second row. */
final class Slices {
    private Slices() {}

    static Value slice(Step step) {
        Value x = step.value(0);
        int rank = x.shape().size() + 1;
        long[] starts = step.integers(1, "starts").orElseThrow(() -> new Refusal("operand 1 is missing"));
        long[] ends = step.integers(2, "ends").orElseThrow(() -> new Refusal("operand 2 is missing"));
        long[] axes = step.integers(3, "axes")
                .orElse(LongStream.range(0, starts.length).toArray());
        long[] steps = step.integers(4, "steps")
                .orElse(LongStream.generate(() -> 1).limit(starts.length).toArray());
        step.require(
                ends.length == starts.length && axes.length == starts.length && steps.length == starts.length,
                "its starts, ends, axes and steps are not equally many");
        Value result = x;
        List<Long> strides = new ArrayList<>(List.of(1L, 1L));
        for (int i = 0; i < starts.length; i++) {
            int axis = step.axis(axes[i], rank);
            int extent = axis == 0 ? step.batch() : x.shape().get(axis - 1);
            long start = Math.max(0, Math.min(extent, starts[i] < 0 ? starts[i] + extent : starts[i]));
            long end = Math.max(start, Math.min(extent, ends[i] < 0 ? ends[i] + extent : ends[i]));
            boolean whole = start == 0 && end == extent;
            if (axis == 1 && !(whole && steps[i] == 1)) {
                step.require(steps[i] == 1 && end > start, "it leaves out channels by steps of " + steps[i]);
                result = channels(step, result, (int) start, (int) (end - start));
            } else if (axis > 1) {
                step.require(whole && steps[i] >= 1, "it cuts height or width; Octet only leaves out pixels by steps");
                strides.set(axis - 2, steps[i]);
            } else {
                step.require(whole && steps[i] == 1, "it takes a part of the batch");
            }
        }
        return subsampled(step, result, strides);
    }

    /** Neighbouring channels, which may be all. */
    static Value channels(Step step, Value x, int first, int count) {
        if (count == x.channels()) {
            return x;
        }
        List<Integer> shape = new ArrayList<>(x.shape());
        shape.set(0, count);
        return step.result(new Call.Slice(first, count), shape, x);
    }

    private static Value subsampled(Step step, Value x, List<Long> strides) {
        long stride = strides.get(0);
        step.require(stride == strides.get(1), "its steps differ in height and width: " + strides);
        if (stride == 1) {
            return x;
        }
        step.require(stride <= 1024, "its steps are " + stride);
        int by = (int) stride;
        List<Integer> shape = List.of(
                x.channels(), (x.shape().get(1) + by - 1) / by, (x.shape().get(2) + by - 1) / by);
        return step.result(new Call.Subsample(by), shape, x);
    }
}
