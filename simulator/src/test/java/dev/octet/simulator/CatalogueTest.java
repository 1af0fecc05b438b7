package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.codegen.cuda.KernelTrial;
import dev.octet.codegen.cuda.TrialPlan;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.simulator.conformance.NotRecorded;
import dev.octet.simulator.conformance.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The PTX of every kernel of the catalogue computes what a plain loop nest computes, without a mistake on the way. */
class CatalogueTest {
    private static final long SEED = Long.getLong("octet.seed", 20180);
    private static final Simulator SIMULATOR = new Simulator();

    @TempDir
    Path directory;

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    @TestFactory
    Stream<DynamicTest> everyRowOfTheCatalogue() throws Exception {
        return trials(once(TrialPlan.catalogue(SEED)));
    }

    @TestFactory
    Stream<DynamicTest> edgesOfConvolutions() throws Exception {
        return trials(TrialPlan.convolutions(SEED));
    }

    @TestFactory
    Stream<DynamicTest> groupsOfTwoChannels() throws Exception {
        return trials(TrialPlan.groupsOfTwo(SEED));
    }

    @TestFactory
    Stream<DynamicTest> edgesOfOtherFamilies() throws Exception {
        return trials(TrialPlan.others(SEED));
    }

    /** Of trials of kernels that targets share to the letter one: targets take turns. */
    private static List<KernelTrial> once(List<KernelTrial> trials) {
        Map<String, List<KernelTrial>> bySource = new LinkedHashMap<>();
        trials.forEach(trial -> bySource.computeIfAbsent(source(trial.kernel()), source -> new ArrayList<>())
                .add(trial));
        List<KernelTrial> chosen = new ArrayList<>();
        bySource.values().forEach(same -> chosen.add(same.get(chosen.size() % same.size())));
        return chosen;
    }

    /** What a target makes of the kernel by the first schedule that suits it, without its name, in which the target stands. */
    private static String source(ScheduledKernel kernel) {
        Schedule first =
                ScheduleSelector.candidates(kernel.spec(), kernel.target()).get(0);
        return CompiledKernels.nameless(new ScheduledKernel(kernel.spec(), first, kernel.target()));
    }

    private Stream<DynamicTest> trials(List<KernelTrial> trials) throws Exception {
        String needed = "simulating the kernels needs nvcc on the PATH";
        if (!CompiledKernels.canBuild()) {
            System.out.println("skipped: " + needed);
        }
        assumeTrue(CompiledKernels.canBuild(), needed);
        long start = System.nanoTime();
        CompiledKernels kernels = CompiledKernels.build(
                directory, trials.stream().map(KernelTrial::kernel).distinct().toList());
        System.out.printf("%d trials compiled in %d ms%n", trials.size(), (System.nanoTime() - start) / 1_000_000);
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest("instructions", () -> checkRecorded(kernels))),
                trials.stream().map(trial -> DynamicTest.dynamicTest(trial.toString(), () -> check(trial, kernels))));
    }

    /** What a GPU makes of each instruction is recorded, or it is known not to be. */
    private static void checkRecorded(CompiledKernels kernels) {
        SortedSet<String> missing = new TreeSet<>(kernels.mnemonics());
        missing.removeAll(Programs.mnemonics());
        missing.removeAll(NotRecorded.lines());
        assertThat(missing)
                .as("instructions that no recorded program has, and that not-recorded.txt does not list")
                .isEmpty();
    }

    private static void check(KernelTrial trial, CompiledKernels kernels) {
        byte[] result = TrialLaunch.result(SIMULATOR, kernels.entry(trial.kernel()), trial);
        assertThat(result).as("result of %s, -Doctet.seed=%d", trial, SEED).isEqualTo(trial.expected());
    }
}
