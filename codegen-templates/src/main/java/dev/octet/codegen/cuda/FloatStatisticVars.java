package dev.octet.codegen.cuda;

import dev.octet.compiler.schedule.Schedule;
import java.util.Set;

/** The variables that kernels have which count values of calibrations; an item is a vector of 4 floats. */
interface FloatStatisticVars extends KernelVars {
    /** How the work is divided. */
    Schedule.Runs schedule();

    @Override
    default Set<DeviceCode> deviceCode() {
        return Set.of();
    }

    @Override
    default int threads() {
        return schedule().threads();
    }

    /** Items of a thread. */
    default int count() {
        return schedule().count();
    }

    /** Items of a block. */
    default int items() {
        return schedule().items();
    }
}
