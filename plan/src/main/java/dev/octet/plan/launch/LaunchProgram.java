package dev.octet.plan.launch;

import dev.octet.plan.Target;
import java.util.List;
import java.util.Objects;

/**
 * How a target runs the quantised graph: kernel launches in order, and where every value lies.
 *
 * @param target GPU family
 * @param minBatch smallest batch for which the program holds
 * @param maxBatch largest batch for which the program holds
 * @param buffers placement of every value that is visible outside a region
 * @param arenaBytesPerImage size of the arena, to be multiplied by the session's batch
 * @param steps launches in order
 * @param statistics kernels that count what values hold, one of each kind; none in the programs of quantised graphs
 */
public record LaunchProgram(
        Target target,
        int minBatch,
        int maxBatch,
        List<Buffer> buffers,
        long arenaBytesPerImage,
        List<Step> steps,
        List<Statistic> statistics) {
    public LaunchProgram {
        Objects.requireNonNull(target);
        buffers = List.copyOf(buffers);
        steps = List.copyOf(steps);
        statistics = List.copyOf(statistics);
        if (statistics.stream().map(Statistic::kind).distinct().count() != statistics.size()) {
            throw new IllegalArgumentException("two statistics of a kind: " + statistics);
        }
        if (minBatch < 1 || maxBatch < minBatch) {
            throw new IllegalArgumentException("bad batch range " + minBatch + ".." + maxBatch);
        }
        for (Buffer buffer : buffers) {
            if (buffer.offset() + buffer.bytesPerImage() > arenaBytesPerImage) {
                throw new IllegalArgumentException("%" + buffer.value() + " exceeds the arena");
            }
        }
    }

    /** A program without statistics. */
    public LaunchProgram(
            Target target,
            int minBatch,
            int maxBatch,
            List<Buffer> buffers,
            long arenaBytesPerImage,
            List<Step> steps) {
        this(target, minBatch, maxBatch, buffers, arenaBytesPerImage, steps, List.of());
    }

    /** The same program with statistics. */
    public LaunchProgram with(List<Statistic> others) {
        return new LaunchProgram(target, minBatch, maxBatch, buffers, arenaBytesPerImage, steps, others);
    }

    /** Placement of a value. */
    public Buffer buffer(int value) {
        return buffers.stream()
                .filter(b -> b.value() == value)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no buffer for %" + value));
    }
}
