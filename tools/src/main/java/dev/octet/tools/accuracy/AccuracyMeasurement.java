package dev.octet.tools.accuracy;

import dev.octet.plan.Plan;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.tools.Images;
import java.util.Optional;

/**
 * Scores of a network on the CPU, in FP32 and in INT8, from parts in memory.
 *
 * @param plan the network, with one input, an image, and one output
 * @param images what it is evaluated on
 * @param threads threads of the CPU that may work; any number gives the same scores
 */
public record AccuracyMeasurement(Plan plan, Images images, int threads) {
    /** Scores in FP32. */
    public Scores floats(BuiltParts parts) {
        BuiltParts plain = new BuiltParts(parts.tensors(), parts.table(), Optional.empty());
        try (CpuDevice device = new CpuDevice(threads);
                CpuModel model = CpuModel.floats(device, plan, plain.floats(plan), false)) {
            return model.scores(images, done -> {});
        }
    }

    /** Scores in INT8. */
    public Scores integers(BuiltParts parts) {
        try (CpuDevice device = new CpuDevice(threads);
                CpuModel model = CpuModel.integers(device, plan, parts.weights(plan), parts.table(), false)) {
            return model.scores(images, done -> {});
        }
    }
}
