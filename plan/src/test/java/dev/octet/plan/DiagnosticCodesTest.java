package dev.octet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.table.TableCode;
import dev.octet.plan.weights.WeightsCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiagnosticCodesTest {
    private static final List<DiagnosticCode> CODES = Stream.<DiagnosticCode[]>of(
                    PlanCode.values(), TableCode.values(), WeightsCode.values())
            .flatMap(Stream::of)
            .toList();

    @Test
    void idsAreUniqueAndWellFormed() {
        assertThat(CODES)
                .extracting(DiagnosticCode::id)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).matches("OCTET-(PLAN|TABLE|WEIGHTS)-[0-9]{3}"));
    }

    @Test
    void textsSayWhatToDo() {
        assertThat(CODES)
                .extracting(DiagnosticCode::text)
                .allSatisfy(text -> assertThat(text).matches(".*[.;](%s)? .*").endsWith("."));
    }
}
