package dev.octet.simulator.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.codegen.cuda.KernelTrial;
import dev.octet.plan.diag.OctetException;
import dev.octet.simulator.CompiledKernels;
import dev.octet.simulator.SimulatedEntry;
import dev.octet.simulator.SimulatedModule;
import dev.octet.simulator.Simulator;
import dev.octet.simulator.SimulatorCode;
import dev.octet.simulator.SimulatorOptions;
import dev.octet.simulator.TrialLaunch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in the catalogue's kernels are found: by the simulator, or because the result is wrong. */
class MutantsTest {
    private static final long USUAL_SEED = 20180;
    private static final int USUAL_NUMBER = 25;
    private static final int FEWEST = 300;
    private static final long SEED = Long.getLong("octet.seed", USUAL_SEED);
    private static final int OF_EACH_KIND = Integer.getInteger("octet.mutants", USUAL_NUMBER);
    private static final Set<SimulatorCode> NOT_LOADED = EnumSet.of(
            SimulatorCode.SYNTAX,
            SimulatorCode.UNKNOWN,
            SimulatorCode.OPERAND,
            SimulatorCode.LIMIT,
            SimulatorCode.TARGET);
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withThreads(1).withInstructionsPerBlock(2_000_000); // a right block needs less

    private static List<Subject> subjects;

    @BeforeAll
    static void compile(@TempDir Path directory) throws Exception {
        String needed = "putting mistakes into kernels needs nvcc on the PATH";
        if (!CompiledKernels.canBuild()) {
            System.out.println("skipped: " + needed);
        }
        assumeTrue(CompiledKernels.canBuild(), needed);
        List<Callable<List<Subject>>> jobs = new ArrayList<>();
        SortedMap<String, List<KernelTrial>> byFamily = Subject.choose(SEED);
        byFamily.forEach(
                (family, trials) -> jobs.add(() -> Subject.compile(trials, directory, family.replace(' ', '_'), SEED)));
        subjects = inParallel(jobs).stream().flatMap(List::stream).toList();
    }

    private static <T> List<T> inParallel(List<Callable<T>> jobs) throws Exception {
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(jobs)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void kernelsWithoutMistakesAreRight() {
        try (Simulator simulator = new Simulator(OPTIONS)) {
            for (Subject subject : subjects) {
                SimulatedEntry entry = SimulatedModule.load(String.join("\n", subject.ptx()))
                        .entry(subject.kernel().name());
                for (KernelTrial trial : subject.trials()) {
                    assertThat(TrialLaunch.result(simulator, entry, trial))
                            .as("%s, -Doctet.seed=%d", trial, SEED)
                            .isEqualTo(trial.expected());
                }
            }
        }
    }

    @Test
    void mistakesAreFound() throws Exception {
        List<Mutant> mutants = Arrays.stream(Mistake.values())
                .flatMap(mistake -> Mutant.choose(subjects, mistake, OF_EACH_KIND, SEED).stream())
                .toList();
        List<Callable<Verdict>> jobs = new ArrayList<>();
        mutants.forEach(mutant -> jobs.add(() -> verdict(mutant)));
        List<Verdict> verdicts = inParallel(jobs);

        SortedMap<Mistake, List<Verdict>> byMistake = new TreeMap<>();
        List<String> survivors = new ArrayList<>();
        for (int i = 0; i < mutants.size(); i++) {
            byMistake
                    .computeIfAbsent(mutants.get(i).mistake(), mistake -> new ArrayList<>())
                    .add(verdicts.get(i));
            if (!verdicts.get(i).isFound()) {
                survivors.add(mutants.get(i).toString());
            }
        }
        System.out.print(new KillRates(byMistake));
        assertThat(byMistake).containsOnlyKeys(Mistake.values());
        assertThat(mutants).hasSizeGreaterThanOrEqualTo(FEWEST);
        assertThat(survivors).as("survivors, -Doctet.seed=%d", SEED).hasSizeLessThanOrEqualTo(mutants.size() / 20);
        checkExplanations(survivors);
    }

    /** With other seeds, numbers or compilers there are other survivors; they are printed. */
    private static void checkExplanations(List<String> survivors) {
        KnownSurvivors known = KnownSurvivors.read();
        boolean usual = SEED == USUAL_SEED && OF_EACH_KIND == USUAL_NUMBER;
        if (usual && known.areOf(subjects.get(0).ptx())) {
            assertThat(survivors).containsExactlyInAnyOrderElementsOf(known.mutants());
        } else {
            survivors.forEach(survivor -> System.out.println("survived: " + survivor));
        }
    }

    private static Verdict verdict(Mutant mutant) {
        try {
            return verdict(mutant.ptx(), mutant.subject());
        } catch (RuntimeException e) {
            throw new AssertionError(mutant + ", -Doctet.seed=" + SEED, e);
        }
    }

    private static Verdict verdict(String ptx, Subject subject) {
        try (Simulator simulator = new Simulator(OPTIONS)) {
            SimulatedEntry entry =
                    SimulatedModule.load(ptx).entry(subject.kernel().name());
            for (KernelTrial trial : subject.trials()) {
                if (!Arrays.equals(TrialLaunch.result(simulator, entry, trial), trial.expected())) {
                    return Verdict.WRONG_RESULT;
                }
            }
            return Verdict.SURVIVED;
        } catch (TrialLaunch.OperandWritten e) {
            return Verdict.WRONG_RESULT;
        } catch (OctetException e) {
            assertThat(e.code()).as(e.getMessage()).isNotIn(NOT_LOADED);
            return Verdict.refused(e.code().id());
        }
    }
}
