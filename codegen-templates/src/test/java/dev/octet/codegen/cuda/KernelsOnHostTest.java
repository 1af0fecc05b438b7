package dev.octet.codegen.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The emitted kernels, run on the host, against plain loop nests; bytes must be equal. */
@Tag("gxx")
class KernelsOnHostTest {
    private static final long SEED = Long.getLong("octet.seed", 20180);

    @TempDir
    Path directory;

    /** A program for each target, so that each is compiled and run well within its time. */
    @TestFactory
    Stream<DynamicTest> everyRowOfTheCatalogue() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Target target : Target.values()) {
            tests.addAll(compare(TrialPlan.catalogue(SEED).stream()
                            .filter(trial -> trial.kernel().target() == target)
                            .toList())
                    .toList());
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> edgesOfConvolutions() throws IOException {
        return compare(TrialPlan.convolutions(SEED));
    }

    @TestFactory
    Stream<DynamicTest> edgesOfOtherFamilies() throws IOException {
        return compare(TrialPlan.others(SEED));
    }

    private Stream<DynamicTest> compare(List<KernelTrial> trials) throws IOException {
        String needed = "running kernels on the host needs g++ on the PATH";
        if (!HostProgram.canBuild()) {
            System.out.println("skipped: " + needed);
        }
        assumeTrue(HostProgram.canBuild(), needed);
        HostProgram program = HostProgram.build(
                directory, trials.stream().map(KernelTrial::kernel).distinct().toList());
        List<List<byte[]>> results = program.run(trials);
        List<DynamicTest> tests = new ArrayList<>();
        IntStream.range(0, trials.size())
                .forEach(i -> tests.add(
                        DynamicTest.dynamicTest(trials.get(i).toString(), () -> check(trials.get(i), results.get(i)))));
        return tests.stream();
    }

    private static void check(KernelTrial trial, List<byte[]> after) {
        for (int i = 0; i < after.size(); i++) {
            boolean output = i == trial.output();
            assertThat(after.get(i))
                    .as("%s, buffer %d of %s, -Doctet.seed=%d", output ? "result" : "operand", i, trial, SEED)
                    .isEqualTo(output ? trial.expected() : trial.buffers().get(i));
        }
    }
}
