package dev.octet.tools.report;

import dev.octet.plan.Plan;
import dev.octet.plan.ResourcePaths;
import dev.octet.plan.Target;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import dev.octet.tools.diff.BuildFiles;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds for which of its targets a network was compiled. */
final class CompiledTargets {
    private CompiledTargets() {}

    /** The targets of which a kernel has neither PTX nor machine code. */
    static SortedSet<Target> lacking(BuildFiles files, Plan plan) {
        SortedSet<Target> lacking = new TreeSet<>();
        for (LaunchProgram program : plan.programs()) {
            List<String> names =
                    files.names(ResourcePaths.KERNELS + "/" + program.target().text());
            if (!program.steps().stream().map(Step::kernel).allMatch(kernel -> isCompiled(names, kernel))) {
                lacking.add(program.target());
            }
        }
        return lacking;
    }

    private static boolean isCompiled(List<String> names, Step.Kernel kernel) {
        return names.stream()
                .anyMatch(name -> name.startsWith(kernel.hash()) && (name.endsWith(".ptx") || name.endsWith(".cubin")));
    }
}
