package dev.octet.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.compiler.schedule.KernelTime;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.text.PlanText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What javac makes of tuning logs. */
class TuningFileTest {
    @TempDir
    Path folder;

    private Plan plan;
    private Target target;
    private KernelSpec convolution;
    private Schedule estimated;
    private Schedule other;

    @BeforeEach
    void compileWithoutALog() throws Exception {
        TestModule module = new TestModule(folder.resolve("plain"), "right/self_contained");
        Compiled compiled = module.compile(Javac.inProcess());
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(compiled.output()).doesNotContain("by their times");
        assertThat(module.generated().get("META-INF/octet/demo.Small/measured")).isEmpty();
        plan = plan(module);
        LaunchProgram program = plan.programs().get(0);
        target = program.target();
        LowerRegions lowering = new LowerRegions(plan.int8());
        convolution = program.steps().stream()
                .map(step -> lowering.spec(step.region()))
                .filter(KernelSpec.Conv2d.class::isInstance)
                .findFirst()
                .orElseThrow();
        estimated = ScheduleSelector.select(convolution, target, plan.maxBatch());
        other = ScheduleSelector.candidates(convolution, target).stream()
                .filter(one -> !one.equals(estimated))
                .findFirst()
                .orElseThrow();
    }

    private static Plan plan(TestModule module) throws Exception {
        byte[] bytes = Files.readAllBytes(module.classes().resolve("META-INF/octet/demo.Small/plan"));
        return PlanText.read(bytes, "plan");
    }

    private String line(Schedule schedule, double micros) {
        ScheduledKernel kernel = new ScheduledKernel(convolution, schedule, target);
        return KernelTime.of(kernel, plan.maxBatch(), micros, target.capability(), "A GPU")
                .text();
    }

    private TestModule module() throws Exception {
        return new TestModule(folder.resolve("tuned"), "right/self_contained");
    }

    private Compiled compile(TestModule module, List<String> lines) throws Exception {
        Path log = folder.resolve("a.tuning");
        Files.write(log, lines);
        return module.compile(Javac.inProcess(), "-Aoctet.tuning=" + log);
    }

    private static String kernel(KernelSpec spec, Schedule schedule, Target target) {
        return new ScheduledKernel(spec, schedule, target).name();
    }

    private static List<String> kernels(Plan plan, Target target) {
        return plan.programs().stream()
                .filter(program -> program.target() == target)
                .flatMap(program -> program.steps().stream())
                .map(step -> step.kernel().name())
                .toList();
    }

    @Test
    void theFastestScheduleIsCompiled() throws Exception {
        assertThat(kernels(plan, target)).contains(kernel(convolution, estimated, target));
        TestModule module = module();
        Compiled compiled = compile(module, List.of(line(estimated, 2), line(other, 1)));
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        String chosen = kernel(convolution, other, target);
        assertThat(kernels(plan(module), target))
                .contains(chosen)
                .doesNotContain(kernel(convolution, estimated, target));
        assertThat(module.generated().keySet())
                .as("the kernel's source is there")
                .anyMatch(name -> name.startsWith("META-INF/octet/kernels/" + target.text()) && name.endsWith(".cu"));
        assertThat(module.generated().values()).anyMatch(text -> text.contains(chosen + "("));
        assertThat(module.generated().get("META-INF/octet/demo.Small/measured")).isEqualTo(chosen + "\n");
    }

    /** The other kernels that have a choice: the log has no times of them. */
    @Test
    void aNoteSaysHowManyKernelsWereNotMeasured() throws Exception {
        Compiled compiled = compile(module(), List.of(line(other, 1)));
        LowerRegions lowering = new LowerRegions(plan.int8());
        long choices = plan.programs().get(0).steps().stream()
                .map(step -> lowering.spec(step.region()))
                .filter(spec -> ScheduleSelector.candidates(spec, target).size() > 1)
                .distinct()
                .count();
        assertThat(choices).isGreaterThan(1);
        assertThat(compiled.output())
                .contains("Small: schedules of 1 kernels for " + target.text() + " by their times in a.tuning, of "
                        + (choices - 1) + " estimated\n")
                .doesNotContain("not used", "skipped");
    }

    @Test
    void whatIsNotUsedIsCounted() throws Exception {
        List<String> lines = new ArrayList<>(List.of("# by hand", "time/2 something new"));
        lines.add(line(other, 1).replace(other.canonicalName(), "t1x1"));
        TestModule module = module();
        Compiled compiled = compile(module, lines);
        assertThat(compiled.success()).as(compiled.output()).isTrue();
        assertThat(compiled.output())
                .contains("schedules of 0 kernels for " + target.text())
                .contains("not used: 1 times of schedules that these kernels do not have; skipped: 1 lines of other"
                        + " versions");
        assertThat(plan(module)).isEqualTo(plan);
    }

    @Test
    void aDamagedLogStopsTheBuild() throws Exception {
        Compiled compiled = compile(module(), List.of(line(other, 1), "<<<<<<< HEAD"));
        assertThat(compiled.success()).isFalse();
        assertThat(compiled.output()).contains("[OCTET-TUNE-001]", "a.tuning, line 2: ");
    }
}
