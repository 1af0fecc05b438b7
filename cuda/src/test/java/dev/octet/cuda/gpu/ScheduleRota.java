package dev.octet.cuda.gpu;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.plan.Target;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Chooses among the schedules that suit a kernel those that were met least, so that all are met about as often. */
final class ScheduleRota {
    private final SortedMap<String, Integer> met = new TreeMap<>();

    /** The least met of the schedules that suit a kernel, at most {@code count}; they count as met. */
    List<Schedule> next(KernelSpec spec, Target target, int count) {
        List<Schedule> chosen = ScheduleSelector.candidates(spec, target).stream()
                .sorted(Comparator.comparing(schedule -> met.getOrDefault(schedule.canonicalName(), 0)))
                .limit(count)
                .toList();
        chosen.forEach(schedule -> met.merge(schedule.canonicalName(), 1, Integer::sum));
        return chosen;
    }

    /** How often each schedule was met, by name. */
    SortedMap<String, Integer> met() {
        return met;
    }
}
