package dev.octet.codegen.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    Stream<DynamicTest> everyRowOfTheCatalogue() {
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
    Stream<DynamicTest> edgesOfConvolutions() {
        return compare(TrialPlan.convolutions(SEED));
    }

    @TestFactory
    Stream<DynamicTest> edgesOfOtherFamilies() {
        return compare(TrialPlan.others(SEED));
    }

    private Stream<DynamicTest> compare(List<KernelTrial> trials) {
        String needed = "running kernels on the host needs g++ on the PATH";
        if (!HostProgram.canBuild()) {
            System.out.println("skipped: " + needed);
        }
        assumeTrue(HostProgram.canBuild(), needed);
        List<DynamicTest> tests = new ArrayList<>();
        for (Part part : runAll(trials)) {
            IntStream.range(0, part.trials().size())
                    .forEach(i -> tests.add(DynamicTest.dynamicTest(
                            part.trials().get(i).toString(),
                            () -> check(part.trials().get(i), part.results().get(i)))));
        }
        return tests.stream();
    }

    /** Trials, and what the kernel of each left in its buffers. */
    private record Part(List<KernelTrial> trials, List<List<byte[]>> results) {}

    /** As many programs as there are processors, built and run side by side: g++ takes minutes for all kernels. */
    private List<Part> runAll(List<KernelTrial> trials) {
        int processors = Runtime.getRuntime().availableProcessors();
        int size = Math.max(1, (trials.size() + processors - 1) / processors);
        ExecutorService threads = Executors.newFixedThreadPool(processors);
        try {
            List<CompletableFuture<Part>> parts = new ArrayList<>();
            for (int from = 0; from < trials.size(); from += size) {
                List<KernelTrial> some = trials.subList(from, Math.min(from + size, trials.size()));
                parts.add(CompletableFuture.supplyAsync(() -> run(some), threads));
            }
            return parts.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private Part run(List<KernelTrial> trials) {
        try {
            HostProgram program = HostProgram.build(
                    Files.createTempDirectory(directory, "program"),
                    trials.stream().map(KernelTrial::kernel).distinct().toList());
            return new Part(trials, program.run(trials));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
