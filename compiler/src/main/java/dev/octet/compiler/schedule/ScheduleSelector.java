package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.Target;
import dev.octet.plan.launch.Geometry;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses schedules: a pure function of what is computed, for which target, and for how many images. It takes the
 * largest block that still makes enough blocks to occupy a whole GPU at the largest batch, because larger blocks load
 * fewer bytes for each product.
 */
public final class ScheduleSelector {
    /** Blocks that occupy a GPU: four on each of 32 multiprocessors, which is a mid-range chip. */
    static final int ENOUGH_BLOCKS = 128;

    private ScheduleSelector() {}

    /** The schedule for a kernel whose program runs up to {@code maxBatch} images. */
    public static Schedule select(KernelSpec spec, Target target, int maxBatch) {
        List<Schedule> candidates = candidates(spec, target);
        for (Schedule schedule : candidates) {
            Geometry geometry = LaunchGeometry.of(spec, schedule);
            if ((long) geometry.gridX(maxBatch) * geometry.gridY() >= ENOUGH_BLOCKS) {
                return schedule;
            }
        }
        return candidates.get(candidates.size() - 1);
    }

    /** All schedules that suit a kernel, largest blocks first. */
    public static List<Schedule> candidates(KernelSpec spec, Target target) {
        return switch (target) {
            case SM_61 -> spec instanceof KernelSpec.Conv2d conv ? dp4aTiles(conv) : perItem();
        };
    }

    private static List<Schedule> perItem() {
        return List.of(new Schedule.PerItem(256), new Schedule.PerItem(128), new Schedule.PerItem(64));
    }

    /** A step of K must not leave a tap; the last channel tile must not be mostly padding. */
    private static List<Schedule> dp4aTiles(KernelSpec.Conv2d conv) {
        int tileK = conv.input().pitch() % 32 == 0 ? 32 : 16;
        int lanes = (conv.output().pitch() + 15) / 16 * 16;
        if (lanes % 64 == 0) {
            return tiles(64, tileK, new int[] {128, 8, 8}, new int[] {64, 4, 8}, new int[] {32, 4, 4});
        }
        if (lanes % 32 == 0) {
            return tiles(32, tileK, new int[] {128, 4, 8}, new int[] {64, 4, 4}, new int[] {32, 4, 4});
        }
        return tiles(16, tileK, new int[] {128, 4, 4}, new int[] {64, 4, 4}, new int[] {32, 2, 4});
    }

    /** Each shape is tileM, threadM, threadN. */
    private static List<Schedule> tiles(int tileN, int tileK, int[]... shapes) {
        return Stream.of(shapes)
                .<Schedule>map(s -> new Schedule.Dp4aTile(s[0], tileN, tileK, s[1], s[2]))
                .toList();
    }
}
