package dev.octet.compiler.schedule;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.KernelSpec.Extent;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measured times of tiles: the {@code schedule-times} lines that the perf tests of the CUDA device print, those of sm_80.
 *
 * @param spec convolution
 * @param batch images
 * @param micros median by tile
 */
record MmaTimes(KernelSpec.Conv2d spec, int batch, Map<Schedule.MmaTile, Double> micros) {
    private static final String PREFIX = "schedule-times,sm_80,";

    /** Reads lines, others are left out; a line that is damaged is an {@link IllegalArgumentException}. */
    static List<MmaTimes> read(List<String> lines) {
        Map<String, MmaTimes> byTask = new LinkedHashMap<>();
        for (String line : lines) {
            if (line.startsWith(PREFIX)) {
                String[] fields = line.substring(PREFIX.length()).split(",");
                if (fields.length != 11) {
                    throw new IllegalArgumentException("not 13 fields: " + line);
                }
                int[] task = new int[6];
                for (int i = 0; i < task.length; i++) {
                    task[i] = Integer.parseInt(fields[i]);
                }
                MmaTimes times = byTask.computeIfAbsent(
                        line.substring(0, line.indexOf(",t")),
                        key -> new MmaTimes(conv(task), task[5], new LinkedHashMap<>()));
                times.micros().put(times.tile(fields[6]), Double.parseDouble(fields[7]));
            }
        }
        return new ArrayList<>(byTask.values());
    }

    /** From size, input channels, output channels, kernel, stride. Types do not matter to the estimate. */
    private static KernelSpec.Conv2d conv(int[] task) {
        int pad = task[3] / 2;
        Window window = new Window(task[3], task[3], task[4], task[4], pad, pad, pad, pad);
        return new KernelSpec.Conv2d(
                ElementType.U8,
                ElementType.U8,
                image(task[0], task[1]),
                image(window.outHeight(task[0]), task[2]),
                window,
                Optional.empty());
    }

    private static Extent image(int size, int channels) {
        return new Extent(size, size, channels, ChannelMap.padded(channels).pitch());
    }

    private Schedule.MmaTile tile(String name) {
        return ScheduleSelector.candidates(spec, Target.SM_80).stream()
                .map(schedule -> (Schedule.MmaTile) schedule)
                .filter(tile -> tile.canonicalName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no candidate is called " + name));
    }

    /** The time of the tile that a machine's estimate chooses, over that of the best. */
    double lost(MmaCost.Machine machine) {
        MmaCost cost = new MmaCost(machine, spec, batch);
        Schedule.MmaTile chosen = micros.keySet().stream()
                .min(Comparator.comparingLong(cost::clocks))
                .orElseThrow();
        double best =
                micros.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        return micros.get(chosen) / best;
    }
}
