package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.plan.launch.Statistic;
import dev.octet.plan.launch.Step;
import java.util.Map;

/**
 * The kernels of a network on a device.
 *
 * @param functions entry points by kernel
 * @param cubins number of kernels that were loaded as machine code; the driver compiled the others
 */
record Kernels(Map<Step.Kernel, Context.Function> functions, int cubins) {
    Kernels {
        functions = Map.copyOf(functions);
    }

    Context.Function function(Step step) {
        return functions.get(step.kernel());
    }

    Context.Function function(Statistic statistic) {
        return functions.get(statistic.kernel());
    }

    /** How they got there, for people. */
    String description() {
        return cubins + " loaded as machine code, " + (functions.size() - cubins) + " compiled from PTX by the driver";
    }
}
