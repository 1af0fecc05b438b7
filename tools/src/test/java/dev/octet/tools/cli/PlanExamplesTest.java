package dev.octet.tools.cli;

import dev.octet.plan.PlanCode;
import dev.octet.runtime.Network;
import dev.octet.runtime.NetworkSpec;
import dev.octet.runtime.Options;
import dev.octet.testkit.DiagnosticExamples;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class PlanExamplesTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyCode() {
        return new DiagnosticExamples()
                .reported("OCTET-PLAN-001", () -> {
                    SampleRuns runs = SampleRuns.in(folder);
                    SampleRuns.edit(runs.plan(), "max-batch 4", "max-batch 8");
                    return runs.printPlan().failure();
                })
                .reported("OCTET-PLAN-002", () -> {
                    SampleRuns runs = SampleRuns.in(folder);
                    SampleRuns.edit(runs.plan(), "octet-plan 1", "octet-plan 2");
                    return runs.printPlan().failure();
                })
                .thrown("OCTET-PLAN-003", () -> {
                    SampleRuns runs = SampleRuns.in(folder);
                    NetworkSpec found = runs.module().network().spec();
                    NetworkSpec pinned = new NetworkSpec(found.network(), found.anchor(), "0".repeat(64));
                    Network.open(pinned, Options.onDevice("cpu"));
                })
                .reported("OCTET-PLAN-004", () -> {
                    SampleRuns runs = SampleRuns.in(folder);
                    SampleRuns.edit(runs.table(), "(?m)^(?!octet|image|examples)(\\S+) [0-9][0-9.E-]*$", "$1 1E-44");
                    return runs.evaluate().failure();
                })
                .reported("OCTET-PLAN-005", () -> {
                    SampleRuns runs = SampleRuns.in(folder);
                    SampleRuns.edit(runs.plan(), "avgpool\\(", "extension(");
                    SampleRuns.edit(runs.plan(), "(?m)(extension.*)$", "$1 operator=absent attributes=[]");
                    return runs.printPlan().failure();
                })
                .tests(Stream.of(PlanCode.values()).map(PlanCode::id));
    }
}
