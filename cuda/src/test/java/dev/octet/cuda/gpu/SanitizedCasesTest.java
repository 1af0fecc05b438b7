package dev.octet.cuda.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.plan.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without a GPU: what the tests under compute-sanitizer cover. */
class SanitizedCasesTest {
    @Test
    void haveEveryVariantTwice() {
        Map<String, Integer> variants = new HashMap<>();
        SanitizedCases.all()
                .forEach(c -> variants.merge(c.target().text() + " " + c.spec().variant(), 1, Integer::sum));
        Set<String> rows =
                KernelCatalog.rows().stream().map(KernelCatalog.Row::toString).collect(Collectors.toSet());
        assertThat(variants.keySet()).isEqualTo(rows);
        assertThat(variants.values()).allMatch(count -> count >= 2);
    }

    @ParameterizedTest
    @EnumSource
    void haveEveryScheduleTwice(Target target) {
        Map<String, Integer> schedules = new HashMap<>();
        SanitizedCases.all().stream()
                .filter(c -> c.target() == target)
                .forEach(c -> schedules.merge(c.schedule().canonicalName(), 1, Integer::sum));
        Set<String> all = KernelCatalog.rows().stream()
                .filter(row -> row.target() == target)
                .flatMap(row -> row.examples().stream())
                .flatMap(spec -> ScheduleSelector.candidates(spec, target).stream())
                .map(Schedule::canonicalName)
                .collect(Collectors.toSet());
        assertThat(schedules.keySet()).isEqualTo(all);
        assertThat(schedules.values()).as(schedules.toString()).allMatch(count -> count >= 2);
    }
}
