package dev.octet.tools.accuracy;

import dev.octet.plan.Plan;
import dev.octet.plan.graph.SourceLine;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.tools.Images;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Measures what INT8 does to every value of a network.
 *
 * @param plan the network, with one input, an image
 * @param lines of the definition, by name of the value, see {@link Definition#lines}
 * @param threads threads of the CPU that may work; any number gives the same report
 */
public record LayerComparison(Plan plan, Map<String, SourceLine> lines, int threads) {
    /**
     * Runs FP32 and INT8 on the same images.
     *
     * @param parts weights, corrections and ranges
     * @param images the images
     * @param progress told the number of images that were run
     */
    public LayerReport run(BuiltParts parts, Images images, IntConsumer progress) {
        try (CpuDevice device = new CpuDevice(threads);
                CpuModel floats = CpuModel.floats(device, plan, parts.floats(plan), true);
                CpuModel integers = CpuModel.integers(device, plan, parts.weights(plan), parts.table(), true)) {
            LayerErrors errors = new LayerErrors(floats, integers).run(images, progress);
            return LayerReport.of(plan.network(), images.size(), errors, lines);
        }
    }
}
