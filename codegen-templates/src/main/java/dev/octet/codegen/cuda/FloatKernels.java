package dev.octet.codegen.cuda;

import static dev.octet.codegen.cuda.KernelVars.require;

import dev.octet.compiler.kernel.FloatKernel;
import dev.octet.compiler.kernel.FloatStatistic;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduledKernel;

/** Chooses the template of kernels that compute in float arithmetic: one for all targets. */
final class FloatKernels {
    private FloatKernels() {}

    /** The variables of a kernel. */
    static KernelVars vars(ScheduledKernel kernel) {
        KernelSpec spec = kernel.spec();
        String name = kernel.name();
        if (spec instanceof FloatKernel.Conv2d conv && conv.groups() == 1) {
            return new FloatConv2dVars(name, conv, schedule(kernel, Schedule.FloatTile.class));
        }
        if (spec instanceof FloatStatistic statistic) {
            Schedule.Runs runs = schedule(kernel, Schedule.Runs.class);
            return switch (statistic.kind()) {
                case LARGEST -> new FloatLargestVars(name, runs);
                case HISTOGRAM -> new FloatHistogramVars(name, runs);
            };
        }
        Schedule.PerItem perItem = schedule(kernel, Schedule.PerItem.class);
        if (spec instanceof FloatKernel.Conv2d conv) {
            return new FloatGroupedVars(name, conv, perItem);
        } else if (spec instanceof FloatKernel.Pointwise pointwise) {
            return new FloatPointwiseVars(name, pointwise, perItem);
        } else if (spec instanceof FloatKernel.Pool pool) {
            return new FloatPoolVars(name, pool, perItem);
        } else if (spec instanceof FloatKernel.Mean mean) {
            return new FloatMeanVars(name, mean, perItem);
        } else if (spec instanceof FloatKernel.Arrange arrange) {
            return new FloatArrangeVars(name, arrange, perItem);
        } else if (spec instanceof FloatKernel.Export export) {
            return new FloatExportVars(name, export, perItem);
        } else if (spec instanceof FloatKernel.Pixels pixels) {
            return new FloatPixelsVars(name, pixels, perItem);
        }
        throw new IllegalArgumentException("no template for " + spec);
    }

    private static <S extends Schedule> S schedule(ScheduledKernel kernel, Class<S> type) {
        require(
                type.isInstance(kernel.schedule()),
                "%s needs a %s, got %s",
                kernel.spec().canonicalName(),
                type.getSimpleName(),
                kernel.schedule());
        return type.cast(kernel.schedule());
    }
}
