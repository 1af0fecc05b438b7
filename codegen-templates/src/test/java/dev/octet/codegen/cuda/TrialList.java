package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.Target;
import java.util.ArrayList;
import java.util.List;

/** Trials that were asked for, each with operands of its own: those of a trial depend on how many were asked for before it. */
final class TrialList {
    private final long seed;
    private final List<KernelTrial> trials = new ArrayList<>();

    TrialList(long seed) {
        this.seed = seed;
    }

    long seed() {
        return seed;
    }

    List<KernelTrial> trials() {
        return trials;
    }

    void add(String title, KernelSpec spec, Schedule schedule, Target target, int batch) {
        Operands operands = new Operands(seed * 31 + trials.size(), title.contains("extreme"));
        trials.add(KernelTrial.of(new KernelTrial.Request(title, spec, schedule, target, batch, operands)));
    }
}
