package dev.octet.codegen.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.codegen.cuda.ModuleCompiler.Module;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.WarpgroupTile;
import dev.octet.plan.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every family compiles with nvcc, with the others of its target, and assembles for it. Present compilers start at compute_75, so the PTX is
 * relabelled; the assembler then refuses any instruction that the target lacks.
 */
@Tag("nvcc")
class KernelsAssembleTest {
    private static final Map<Target, Module> MODULES = new EnumMap<>(Target.class);
    private static final Map<Target, SortedMap<String, Assembler.Usage>> USAGES = new EnumMap<>(Target.class);

    @TempDir
    static Path directory;

    @BeforeAll
    static void compile() throws IOException {
        boolean found = Commands.isFound("nvcc") && Commands.isFound("ptxas");
        if (!found) {
            System.out.println("skipped: assembling the kernels needs nvcc and ptxas on the PATH");
        }
        assumeTrue(found, "assembling the kernels needs nvcc and ptxas on the PATH");
        Map<Target, List<ScheduledKernel>> kernels = FamilyKernels.all().values().stream()
                .distinct()
                .collect(Collectors.groupingBy(ScheduledKernel::target));
        for (Map.Entry<Target, List<ScheduledKernel>> some : kernels.entrySet()) {
            Target target = some.getKey();
            Module module = ModuleCompiler.compile(directory, target.text(), target, some.getValue());
            MODULES.put(target, module);
            USAGES.put(target, Assembler.assemble(directory, target.text() + "_relabelled", target, module.ptx()));
        }
    }

    static Set<String> families() {
        return FamilyKernels.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("families")
    void assemblesWithoutSpills(String family) {
        ScheduledKernel kernel = FamilyKernels.all().get(family);
        Module module = MODULES.get(kernel.target());
        assertThat(module.messages()).as("what nvcc says").isEmpty();
        assertThat(module.ptx()).contains(".target " + kernel.target().text() + "\n");
        String ptx = module.entry(kernel);
        boolean tensorCores = kernel.schedule() instanceof Schedule.TensorCoreTile
                || kernel.schedule() instanceof Schedule.PooledTile;
        boolean warpgroups = kernel.schedule() instanceof WarpgroupTile;
        assertThat(ptx.contains("mma.sync")).isEqualTo(tensorCores);
        assertThat(ptx.contains("wgmma.mma_async")).isEqualTo(warpgroups);
        assertThat(ptx.contains("dp4a.")).isEqualTo(multiplies(kernel.spec()) && !tensorCores && !warpgroups);

        Assembler.Usage usage = USAGES.get(kernel.target()).get(kernel.name());
        System.out.printf("%s: %d registers%n", kernel.name(), usage.registers());
        assertThat(usage.localBytes()).as("bytes of local memory").isZero();
        assertThat(usage.registers()).as("registers").isBetween(1, mostRegisters(kernel));
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
}
