package dev.octet.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TuningLogTest {
    private static final String DEVICE = "NVIDIA H200";
    private static final KernelSpec SPEC = conv(64);

    private static KernelSpec conv(int channels) {
        KernelSpec.Extent extent = new KernelSpec.Extent(14, 14, channels, channels);
        Window window = new Window(3, 3, 1, 1, 1, 1, 1, 1);
        return new KernelSpec.Conv2d(ElementType.U8, ElementType.U8, extent, extent, window, Optional.empty());
    }

    private static KernelTime time(KernelSpec spec, Schedule schedule, Target target, int batch, double micros) {
        return KernelTime.of(new ScheduledKernel(spec, schedule, target), batch, micros, 90, DEVICE);
    }

    private static String text(List<KernelTime> times) {
        return times.stream().map(time -> time.text() + "\n").collect(Collectors.joining());
    }

    private static TuningLog read(String text) {
        return TuningLog.read(text, "a.tuning");
    }

    /** Each schedule in turn is made the fastest, whatever the cost model thinks, and whatever the order of the lines. */
    @ParameterizedTest
    @EnumSource
    void decidesByTimes(Target target) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Schedule> candidates = ScheduleSelector.candidates(SPEC, target);
        assertThat(candidates).hasSizeGreaterThan(2);
        for (Schedule fastest : candidates) {
            List<KernelTime> times = new ArrayList<>();
            candidates.forEach(one -> times.add(time(SPEC, one, target, 8, one.equals(fastest) ? 1.5 : 2)));
            Collections.shuffle(times, random);
            TuningLog log = read(text(times));
            assertThat(log).as("seed %d", seed).isEqualTo(TuningLog.of(times));
            assertThat(ScheduleSelector.select(SPEC, target, 8, log))
                    .as("seed %d", seed)
                    .isEqualTo(fastest);
        }
    }

    @Test
    void decidesForNothingElse() {
        List<Schedule> candidates = ScheduleSelector.candidates(SPEC, Target.SM_80);
        Schedule estimated = ScheduleSelector.select(SPEC, Target.SM_80, 8);
        Schedule other = candidates.stream()
                .filter(one -> !one.equals(estimated))
                .findFirst()
                .orElseThrow();
        TuningLog log = TuningLog.of(List.of(
                time(SPEC, other, Target.SM_80, 16, 1),
                time(conv(128), other, Target.SM_80, 8, 1),
                time(SPEC, other, Target.SM_75, 8, 1)));
        assertThat(ScheduleSelector.select(SPEC, Target.SM_80, 8, log)).isEqualTo(estimated);
        assertThat(ScheduleSelector.select(SPEC, Target.SM_80, 16, log)).isEqualTo(other);
        assertThat(ScheduleSelector.select(SPEC, Target.SM_80, 8, TuningLog.NONE))
                .isEqualTo(estimated);
    }

    @Test
    void ofEqualTimesTheFirstCandidateDecides() {
        List<Schedule> candidates = ScheduleSelector.candidates(SPEC, Target.SM_80);
        List<KernelTime> times = new ArrayList<>();
        candidates.forEach(one -> times.add(time(SPEC, one, Target.SM_80, 8, 3)));
        Collections.reverse(times);
        assertThat(ScheduleSelector.select(SPEC, Target.SM_80, 8, TuningLog.of(times)))
                .isEqualTo(candidates.get(0));
    }

    @Test
    void theLastOfTwoMeasurementsCounts() {
        List<Schedule> candidates = ScheduleSelector.candidates(SPEC, Target.SM_80);
        TuningLog log = TuningLog.of(List.of(
                time(SPEC, candidates.get(0), Target.SM_80, 8, 1),
                time(SPEC, candidates.get(1), Target.SM_80, 8, 2),
                time(SPEC, candidates.get(0), Target.SM_80, 8, 3)));
        assertThat(ScheduleSelector.select(SPEC, Target.SM_80, 8, log)).isEqualTo(candidates.get(1));
    }

    /** Its time is the least, but it does not suit the kernel, or no longer. */
    @Test
    void schedulesThatDoNotSuitAreCounted() {
        List<Schedule> candidates = ScheduleSelector.candidates(SPEC, Target.SM_80);
        TuningLog log = TuningLog.of(List.of(
                time(SPEC, new Schedule.PerItem(256), Target.SM_80, 8, 1),
                time(SPEC, candidates.get(1), Target.SM_80, 8, 2)));
        assertThat(log.fastest(SPEC, Target.SM_80, 8, candidates)).contains(candidates.get(1));
        assertThat(log.unknown(SPEC, Target.SM_80, 8, candidates)).isEqualTo(1);
    }

    @Test
    void skipsLinesOfOtherVersionsCommentsAndEmptyLines() {
        String line = time(SPEC, new Schedule.MmaTile(64, 64, 16, 64, 4), Target.SM_80, 8, 12.3456)
                .text();
        assertThat(line)
                .isEqualTo("time/1 sm_80 8 t64x64x64_w16x64_g4 12.346 " + SPEC.canonicalName() + " 9.0 NVIDIA H200");
        TuningLog log = read("# a comment\r\n\r\ntime/2 anything\r\n" + line + "\r\n");
        assertThat(log.skipped()).isEqualTo(1);
        assertThat(log.fastest(SPEC, Target.SM_80, 8, ScheduleSelector.candidates(SPEC, Target.SM_80)))
                .contains(new Schedule.MmaTile(64, 64, 16, 64, 4));
        assertThat(read("")).isEqualTo(TuningLog.NONE);
        assertThat(read("# nothing\n").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time/1",
                "time/1 sm_80 8 t64 12.3 conv 9.0",
                "time/1 sm_80 8 t64 12.3 conv 9.0 ",
                "time/1 sm_81 8 t64 12.3 conv 9.0 GPU",
                "time/1 sm_80 0 t64 12.3 conv 9.0 GPU",
                "time/1 sm_80 9999999 t64 12.3 conv 9.0 GPU",
                "time/1 sm_80 -8 t64 12.3 conv 9.0 GPU",
                "time/1 sm_80 8 t-64 12.3 conv 9.0 GPU",
                "time/1 sm_80 8 t64 0 conv 9.0 GPU",
                "time/1 sm_80 8 t64 NaN conv 9.0 GPU",
                "time/1 sm_80 8 t64 1e9 conv 9.0 GPU",
                "time/1 sm_80 8 t64 9999999999 conv 9.0 GPU",
                "time/1 sm_80 8 t64 12.3 co/nv 9.0 GPU",
                "time/1 sm_80 8 t64 12.3 conv 7.5 GPU",
                "time/1 sm_90a 8 t64 12.3 conv 10.0 GPU",
                "time/1 sm_80 8 t64 12.3 conv 9 GPU",
                "time/1 sm_80 8 t64 12.3 conv 9.0 G\tPU",
                "time/1 sm_80 8 t64 12.3 conv 9.0 GPU  2",
                " time/1 sm_80 8 t64 12.3 conv 9.0 GPU",
                "time/x",
                "time"
            })
    void refusesWhatIsNoTime(String line) {
        assertThatThrownBy(() -> read("# comment\n" + line + "\n"))
                .hasMessageStartingWith("[OCTET-TUNE-001] a.tuning, line 2: ");
    }

    /** What a process leaves that was killed while it appended. */
    @Test
    void refusesEveryPartOfALine() {
        String line = time(SPEC, new Schedule.MmaTile(64, 64, 16, 64, 4), Target.SM_80, 8, 1)
                .text();
        for (int length = 1; length <= line.length(); length++) {
            String part = line.substring(0, length);
            assertThatThrownBy(() -> read(line + "\n" + part))
                    .hasMessageContaining("a.tuning, line 2: the line has no end");
        }
    }

    /** Numbers do not depend on where they are written. */
    @Test
    void isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale.Builder()
                .setLanguage("ar")
                .setRegion("EG")
                .setExtension('u', "nu-arab")
                .build());
        try {
            KernelTime time = time(SPEC, new Schedule.PerItem(64), Target.SM_61, 128, 1234.5);
            assertThat(time.text()).contains(" 128 b64 1234.500 ");
            assertThat(KernelTime.read(time.text())).isEqualTo(time);
        } finally {
            Locale.setDefault(before);
        }
    }
}
