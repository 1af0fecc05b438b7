package dev.octet.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.compiler.schedule.KernelTime;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.launch.Step;
import dev.octet.plan.text.PlanText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plan that is compiled again is what its definition would be compiled to. */
class RescheduleTest {
    private static final KernelWriter NAMES = kernel -> "// " + kernel.name();

    /** As javac wrote it: for another target, and read from its file. */
    private final Plan plan =
            PlanText.read(PlanText.write(compile(request(Target.SM_61, 128)).plan()), "plan");

    private static CompileRequest request(Target target, int maxBatch) {
        CompileRequest fashion = Networks.fashion();
        return new CompileRequest(
                fashion.network(), fashion.inputs(), fashion.outputs(), List.of(target), maxBatch, fashion.trace());
    }

    private static Compilation compile(CompileRequest request) {
        return OctetCompiler.compile(request, NAMES, DumpSink.NONE);
    }

    /** Decides for a schedule of every kernel that would not be chosen otherwise, where there is one. */
    private TuningLog others(Target target, int batch) {
        LowerRegions lowering = new LowerRegions(plan.int8());
        List<KernelTime> times = new ArrayList<>();
        for (Step step :
                compile(request(target, batch)).plan().programs().get(0).steps()) {
            KernelSpec spec = lowering.spec(step.region());
            Schedule estimated = ScheduleSelector.select(spec, target, batch);
            ScheduleSelector.candidates(spec, target).stream()
                    .filter(schedule -> !schedule.equals(estimated))
                    .map(schedule -> new ScheduledKernel(spec, schedule, target))
                    .forEach(kernel -> times.add(KernelTime.of(kernel, batch, 1, target.capability(), "A GPU")));
        }
        return TuningLog.of(times);
    }

    @ParameterizedTest
    @EnumSource
    void equalsTheDefinitionCompiledSo(Target target) {
        TuningLog log = others(target, 3);
        Compilation again = OctetCompiler.reschedule(plan, target, 3, log, NAMES);
        Compilation expected = compile(request(target, 3).tuned(log));
        assertThat(PlanText.write(again.plan())).isEqualTo(PlanText.write(expected.plan()));
        assertThat(again.kernels()).isEqualTo(expected.kernels());
        assertThat(again.kernels()).isNotEqualTo(compile(request(target, 3)).kernels());
    }

    @Test
    void refusesBatchesThatTheDefinitionCouldNotHave() {
        for (int batch : new int[] {0, Limits.BATCH + 1}) {
            assertThat(failure(batch).code()).isEqualTo(CompilerCode.MAX_BATCH);
        }
        Plan large = compile(Networks.request(
                        net -> net.output("y", net.input("image").globalAvgPool()),
                        1,
                        Shape.of(3, 1024, 1024),
                        Networks.output("y", 3, 1, 1)))
                .plan();
        CompileException tooLarge = catchThrowableOfType(
                CompileException.class,
                () -> OctetCompiler.reschedule(large, Target.SM_80, Limits.BATCH, TuningLog.NONE, NAMES));
        assertThat(tooLarge.code()).isEqualTo(CompilerCode.VALUE_TOO_LARGE);
    }

    private CompileException failure(int batch) {
        return catchThrowableOfType(
                CompileException.class,
                () -> OctetCompiler.reschedule(plan, Target.SM_80, batch, TuningLog.NONE, NAMES));
    }
}
