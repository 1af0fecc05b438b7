package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.codegen.cuda.KernelTrial;
import dev.octet.codegen.cuda.Operands;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Window;
import dev.octet.testkit.Mutator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real kernels with one thing wrong: the simulator has to notice, and bad PTX never does harm. */
class DamagedKernelsTest {
    private static final long SEED = Long.getLong("octet.seed", 11);
    private static final Simulator SIMULATOR =
            new Simulator(SimulatorOptions.defaults().withInstructionsPerBlock(200_000));

    private static KernelTrial tensorCores;
    private static String tensorCoresPtx;
    private static KernelTrial dotProducts;
    private static String dotProductsPtx;

    @BeforeAll
    static void compile(@TempDir Path directory) throws Exception {
        String needed = "simulating damaged kernels needs nvcc on the PATH";
        if (!CompiledKernels.canBuild()) {
            System.out.println("skipped: " + needed);
        }
        assumeTrue(CompiledKernels.canBuild(), needed);
        tensorCores = convolution(Target.SM_80, new Schedule.MmaTile(64, 64, 16, 64, 4));
        tensorCoresPtx = CompiledKernels.ptx(directory, tensorCores.kernel());
        dotProducts = convolution(Target.SM_61, new Schedule.Dp4aTile(32, 32, 16, 4, 4));
        dotProductsPtx = CompiledKernels.ptx(directory, dotProducts.kernel());
    }

    @AfterAll
    static void close() {
        SIMULATOR.close();
    }

    private static KernelTrial convolution(Target target, Schedule schedule) {
        KernelSpec spec = new KernelSpec.Conv2d(
                ElementType.U8,
                ElementType.U8,
                Operands.extent(9, 9, 48),
                Operands.extent(9, 9, 64),
                new Window(3, 3, 1, 1, 1, 1, 1, 1),
                Optional.empty());
        return KernelTrial.of(new KernelTrial.Request("damaged", spec, schedule, target, 2, new Operands(SEED, false)));
    }

    private static byte[] run(String ptx, KernelTrial trial) {
        SimulatedEntry entry = SimulatedModule.load(ptx).entry(trial.kernel().name());
        return TrialLaunch.result(SIMULATOR, entry, trial);
    }

    /** What happens if one line at a time is removed or changed. */
    private static List<SimulatorCode> codes(String ptx, KernelTrial trial, String find, String replacement) {
        List<SimulatorCode> codes = new ArrayList<>();
        for (int at = ptx.indexOf(find); at >= 0; at = ptx.indexOf(find, at + 1)) {
            String damaged = ptx.substring(0, at) + replacement + ptx.substring(at + find.length());
            OctetException e = catchThrowableOfType(OctetException.class, () -> run(damaged, trial));
            codes.add(e == null ? null : (SimulatorCode) e.code());
        }
        assertThat(codes).as("occurrences of '%s'", find).isNotEmpty();
        return codes;
    }

    @Test
    void runAsTheyAre() {
        assertThat(run(tensorCoresPtx, tensorCores)).isEqualTo(tensorCores.expected());
        assertThat(run(dotProductsPtx, dotProducts)).isEqualTo(dotProducts.expected());
    }

    @Test
    void missAnyBarrier() {
        assertThat(codes(tensorCoresPtx, tensorCores, "bar.sync", "membar.cta; //"))
                .isSubsetOf(SimulatorCode.RACE, SimulatorCode.ASYNC);
        assertThat(codes(dotProductsPtx, dotProducts, "bar.sync", "membar.cta; //"))
                .isSubsetOf(SimulatorCode.RACE, SimulatorCode.UNWRITTEN_MEMORY);
    }

    @Test
    void doNotWaitLongEnough() {
        assertThat(codes(tensorCoresPtx, tensorCores, "cp.async.wait_group 2", "cp.async.wait_group 3"))
                .containsOnly(SimulatorCode.ASYNC);
        assertThat(codes(tensorCoresPtx, tensorCores, "cp.async.commit_group;", ""))
                .contains(SimulatorCode.ASYNC);
    }

    @Test
    void writeBeyondTheirResult() {
        SimulatedEntry entry =
                SimulatedModule.load(tensorCoresPtx).entry(tensorCores.kernel().name());
        OctetException e = catchThrowableOfType(
                OctetException.class,
                () -> TrialLaunch.result(SIMULATOR, entry, tensorCores, tensorCores.expected().length - 1));
        assertThat(e.code()).as(e.getMessage()).isEqualTo(SimulatorCode.OUT_OF_BOUNDS);
    }

    @Test
    void multiplyTheWrongOperands() {
        String wrong = tensorCoresPtx.replace(
                "mma.sync.aligned.m16n8k32.row.col.s32.u8.s8", "mma.sync.aligned.m16n8k32.row.col.s32.s8.s8");
        assertThat(wrong).isNotEqualTo(tensorCoresPtx);
        assertThat(run(wrong, tensorCores)).isNotEqualTo(tensorCores.expected());
        String signed = dotProductsPtx.replace("dp4a.u32.s32", "dp4a.s32.s32");
        assertThat(run(signed, dotProducts)).isNotEqualTo(dotProducts.expected());
    }

    /** Whatever is changed, a kernel runs to its end or is refused with a code. */
    @Test
    void neverDoHarm() {
        Mutator mutator = new Mutator(SEED);
        byte[] original = dotProductsPtx.getBytes(StandardCharsets.ISO_8859_1);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            String damaged = new String(mutator.mutate(original), StandardCharsets.ISO_8859_1);
            try {
                run(damaged, dotProducts);
            } catch (OctetException e) {
                assertThat(e.code()).as(e.getMessage()).isInstanceOf(SimulatorCode.class);
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("mutation " + i + " of -Doctet.seed=" + SEED, e);
            }
        }
        assertThat(refused).isGreaterThan(100);
    }
}
