package dev.octet.codegen.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.WarpgroupTile;
import dev.octet.plan.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every family compiles with nvcc and assembles for its target. Present compilers start at compute_75, so the PTX is
 * relabelled; the assembler then refuses any instruction that the target lacks.
 */
@Tag("nvcc")
class KernelsAssembleTest {
    private static final long LIMIT_SECONDS = 120;
    private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");

    @TempDir
    Path directory;

    @BeforeAll
    static void needsCompiler() {
        boolean found = Commands.isFound("nvcc") && Commands.isFound("ptxas");
        if (!found) {
            System.out.println("skipped: assembling the kernels needs nvcc and ptxas on the PATH");
        }
        assumeTrue(found, "assembling the kernels needs nvcc and ptxas on the PATH");
    }

    static Set<String> families() {
        return FamilyKernels.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("families")
    void assemblesWithoutSpills(String family) throws IOException {
        ScheduledKernel kernel = FamilyKernels.all().get(family);
        String ptx = ptx(kernel);
        assertThat(ptx).contains(".target " + kernel.target().text() + "\n").contains(".entry " + kernel.name() + "(");
        boolean tensorCores = kernel.schedule() instanceof Schedule.TensorCoreTile
                || kernel.schedule() instanceof Schedule.PooledTile;
        boolean warpgroups = kernel.schedule() instanceof WarpgroupTile;
        assertThat(ptx.contains("mma.sync")).isEqualTo(tensorCores);
        assertThat(ptx.contains("wgmma.mma_async")).isEqualTo(warpgroups);
        assertThat(ptx.contains("dp4a.")).isEqualTo(multiplies(kernel.spec()) && !tensorCores && !warpgroups);

        String report = assemble(kernel.target(), ptx);
        Matcher registers = REGISTERS.matcher(report);
        assertThat(registers.find()).as(report).isTrue();
        System.out.printf("%s: %s registers%n", kernel.name(), registers.group(1));
        assertThat(report)
                .contains("0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads")
                .doesNotContain("warning", "Potential Performance Loss");
        assertThat(Integer.parseInt(registers.group(1))).isLessThanOrEqualTo(mostRegisters(kernel));
    }

    /** Of warpgroups no more than launch bounds allow, which is to say that those are there; spills are looked for above. */
    private static int mostRegisters(ScheduledKernel kernel) {
        if (kernel.schedule() instanceof WarpgroupTile tile) {
            int share = (64 << 10) / (tile.threads() * tile.blocksByRegisters((KernelSpec.Conv2d) kernel.spec()));
            return Math.min(share, 255);
        }
        return Assembler.MOST_REGISTERS;
    }

    private static boolean multiplies(KernelSpec spec) {
        return spec instanceof KernelSpec.Conv2d
                || spec instanceof KernelSpec.Depthwise
                || spec instanceof KernelSpec.Grouped grouped && grouped.isOfWords()
                || spec instanceof KernelSpec.Dense
                || spec instanceof KernelSpec.AvgPool
                || spec instanceof KernelSpec.GlobalAvgPool;
    }

    private String ptx(ScheduledKernel kernel) throws IOException {
        Files.writeString(directory.resolve("kernel.cu"), new CudaWriter().source(kernel));
        String output = run(
                "nvcc",
                "-ptx",
                "-arch=compute_" + Assembler.machine(kernel.target()),
                "-DOCTET_SM=" + kernel.target().capability(),
                "-fmad=false",
                "-Werror=all-warnings",
                "kernel.cu",
                "-o",
                "kernel.ptx");
        assertThat(output).as("what nvcc says").isEmpty();
        return Assembler.relabelled(Files.readString(directory.resolve("kernel.ptx")), kernel.target());
    }

    private String assemble(Target target, String ptx) throws IOException {
        Files.writeString(directory.resolve("relabelled.ptx"), ptx);
        return run("ptxas", "-arch=sm_" + Assembler.machine(target), "-v", "relabelled.ptx", "-o", "kernel.cubin");
    }

    private String run(String... command) throws IOException {
        return Commands.run(directory, LIMIT_SECONDS, List.of(command));
    }
}
