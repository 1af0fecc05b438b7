package dev.octet.codegen.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.plan.launch.Geometry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** So that each is compiled and run well within its time, however much else the machine has to do. */
    private static final int MOST_OF_A_PROGRAM = 120;

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> everyRowOfTheCatalogue() {
        return compare(once(TrialPlan.catalogue(SEED)));
    }

    /** Of trials of kernels that are the same on the host, text and launch, whatever their targets are, the first. */
    private static List<KernelTrial> once(List<KernelTrial> trials) {
        record OnHost(String text, Geometry geometry) {}
        Map<OnHost, KernelTrial> chosen = new LinkedHashMap<>();
        trials.forEach(
                trial -> chosen.putIfAbsent(new OnHost(HostProgram.nameless(trial.kernel()), trial.geometry()), trial));
        return List.copyOf(chosen.values());
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

    /** Programs are built and run side by side, as many as there are processors: g++ takes minutes for all kernels. */
    private List<Part> runAll(List<KernelTrial> trials) {
        int processors = Runtime.getRuntime().availableProcessors();
        int size = Math.min(MOST_OF_A_PROGRAM, Math.max(1, (trials.size() + processors - 1) / processors));
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
