package dev.octet.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The fit finds a machine again whose times it is given, as far as choices tell. */
class MmaCostFitTest {
    private static final MmaCost.Machine TRUTH = new MmaCost.Machine(132, 1400, 19, 420, 5200);
    private static final int[][] SHAPES = {
        {56, 64, 64, 3, 1}, {56, 256, 64, 1, 1}, {28, 128, 512, 1, 1}, {14, 256, 256, 3, 1}, {7, 512, 512, 3, 1}
    };

    /** The lines that a machine with the estimate's own times would print. */
    private static List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("PASS something else"));
        for (int[] s : SHAPES) {
            for (int batch : new int[] {1, 32, 128}) {
                String task = String.format(
                        Locale.ROOT, "schedule-times,sm_80,%d,%d,%d,%d,%d,%d,", s[0], s[1], s[2], s[3], s[4], batch);
                KernelSpec.Conv2d spec = MmaTimes.read(List.of(task + "t32x32x64_w16x32_g4,1,1,1,-"))
                        .get(0)
                        .spec();
                for (Schedule schedule : ScheduleSelector.candidates(spec, Target.SM_80)) {
                    long clocks = new MmaCost(TRUTH, spec, batch).clocks((Schedule.MmaTile) schedule);
                    lines.add(String.format(
                            Locale.ROOT, "%s%s,%.3f,1,1,-", task, schedule.canonicalName(), clocks / 1755.0));
                }
            }
        }
        return lines;
    }

    @Test
    void findsAMachineThatChoosesTheBestTiles() {
        MmaCostFit fit = new MmaCostFit(MmaTimes.read(lines()));
        assertThat(fit.lost(new MmaCost.Machine(132, 4000, 80, 1, 1))).isGreaterThan(1.005);

        MmaCost.Machine found = fit.best(132);

        assertThat(fit.lost(found)).isLessThan(1.002);
        assertThat(fit.error(found)).isLessThan(0.1);
    }

    @Test
    void readsTheTimesOfEachTask() {
        List<MmaTimes> times = MmaTimes.read(lines());
        assertThat(times).hasSize(15);
        assertThat(times.get(0).batch()).isEqualTo(1);
        assertThat(times.get(0).spec().output().pixels()).isEqualTo(56 * 56);
        assertThat(times.get(0).micros()).hasSize(5);
        assertThatThrownBy(() -> MmaTimes.read(List.of("schedule-times,sm_80,7")))
                .hasMessageContaining("not 13 fields");
    }
}
