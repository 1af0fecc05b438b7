package dev.octet.simulator.machinecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.codegen.cuda.Assembler;
import dev.octet.codegen.cuda.Commands;
import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.MoveChannels;
import dev.octet.compiler.kernel.PooledConv2d;
import dev.octet.compiler.schedule.HaloTile;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.WarpgroupTile;
import dev.octet.plan.Target;
import dev.octet.simulator.CompiledKernels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every row of the catalogue under every schedule that the compiler may choose: what the assembler makes of it fits the
 * machine, and consists of the instructions that its template promises.
 */
class ArtefactsTest {
    private static final int KERNELS_PER_MODULE = 40;
    private static final int MOST_SHARED = 48 << 10;

    /** Of a multiprocessor. */
    private static final int REGISTERS = 64 << 10;

    private static final int GRANULARITY = 8;
    private static final int MOST_OF_A_THREAD = 255;

    @TempDir
    Path directory;

    /** A kernel, what it needs, and the machine code of its module. */
    private record Artefact(ScheduledKernel kernel, Assembler.Usage usage, Cubin cubin) {
        int count(MachineOpcode opcode) {
            return cubin.count(kernel.name(), opcode);
        }

        /** Dot products with operands of all kinds. */
        int dotProducts() {
            return count(MachineOpcode.IDP)
                    + count(MachineOpcode.IDP_IMMEDIATE)
                    + count(MachineOpcode.IDP_CONSTANT)
                    + count(MachineOpcode.IDP_UNIFORM);
        }
    }

    @TestFactory
    Stream<DynamicTest> keepWhatTheirTemplatesPromise() throws Exception {
        boolean found = CompiledKernels.canBuild() && Commands.isFound("ptxas");
        String needed = "checking the machine code of the catalogue needs nvcc and ptxas on the PATH";
        if (!found) {
            System.out.println("skipped: " + needed);
        }
        assumeTrue(found, needed);
        List<Artefact> artefacts = assemble();
        System.out.println(artefacts.size() + " kernels assembled");
        return artefacts.stream()
                .map(artefact -> DynamicTest.dynamicTest(artefact.kernel().name(), () -> check(artefact)));
    }

    /**
     * The last example of each row is its largest. What several targets share to the letter, and is assembled for the same
     * machine, is so once, for the target with the fewest instructions.
     */
    private static SortedMap<Target, List<ScheduledKernel>> kernels() {
        SortedMap<Target, List<ScheduledKernel>> kernels = new TreeMap<>();
        Set<String> known = new HashSet<>();
        for (KernelCatalog.Row row : rowsByTarget()) {
            KernelSpec spec = row.examples().get(row.examples().size() - 1);
            for (Schedule schedule : ScheduleSelector.candidates(spec, row.target())) {
                ScheduledKernel kernel = new ScheduledKernel(spec, schedule, row.target());
                if (known.add(Assembler.machine(row.target()) + CompiledKernels.nameless(kernel))) {
                    kernels.computeIfAbsent(row.target(), target -> new ArrayList<>())
                            .add(kernel);
                }
            }
        }
        return kernels;
    }

    private static List<KernelCatalog.Row> rowsByTarget() {
        return KernelCatalog.rows().stream()
                .sorted(Comparator.comparing(KernelCatalog.Row::target))
                .toList();
    }

    private List<Artefact> assemble() throws Exception {
        List<Callable<List<Artefact>>> jobs = new ArrayList<>();
        kernels().forEach((target, all) -> {
            for (int from = 0; from < all.size(); from += KERNELS_PER_MODULE) {
                List<ScheduledKernel> some = all.subList(from, Math.min(all.size(), from + KERNELS_PER_MODULE));
                String name = target.text() + "_" + from;
                jobs.add(() -> assemble(name, target, some));
            }
        });
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Artefact> artefacts = new ArrayList<>();
            for (Future<List<Artefact>> future : executor.invokeAll(jobs)) {
                artefacts.addAll(future.get());
            }
            return artefacts;
        } finally {
            executor.shutdown();
        }
    }

    private List<Artefact> assemble(String name, Target target, List<ScheduledKernel> kernels) throws Exception {
        String ptx = CompiledKernels.ptx(directory, name, target, kernels);
        SortedMap<String, Assembler.Usage> usages =
                Assembler.assemble(directory, name + "_" + target.text(), target, ptx);
        Cubin cubin = Cubin.read(Files.readAllBytes(directory.resolve(name + "_" + target.text() + ".cubin")));
        assertThat(usages.keySet()).isEqualTo(cubin.counts().keySet());
        return kernels.stream()
                .map(kernel -> new Artefact(kernel, usages.get(kernel.name()), cubin))
                .toList();
    }

    private static void check(Artefact artefact) {
        fits(artefact);
        multipliesAsPromised(artefact);
        if (!(artefact.kernel().spec() instanceof KernelSpec.OfFloats)) {
            convertsOnceAResult(artefact);
        }
    }

    private static void fits(Artefact artefact) {
        assertThat(artefact.usage().registers()).as("registers").isBetween(1, mostRegisters(artefact.kernel()));
        assertThat(artefact.usage().sharedBytes()).as("bytes of shared memory").isLessThanOrEqualTo(MOST_SHARED);
        assertThat(artefact.usage().localBytes()).as("bytes of local memory").isZero();
        assertThat(artefact.count(MachineOpcode.LDL))
                .as("loads from local memory")
                .isZero();
        assertThat(artefact.count(MachineOpcode.STL))
                .as("stores to local memory")
                .isZero();
        if (artefact.kernel().schedule() instanceof Schedule.TensorCoreTile tile) {
            assertThat(artefact.usage().sharedBytes())
                    .as("what the schedule says")
                    .isEqualTo(tile.sharedBytes());
        }
    }

    /** As many as let those blocks fit a multiprocessor together that the compiler counts on. */
    private static int mostRegisters(ScheduledKernel kernel) {
        if (!(kernel.schedule() instanceof WarpgroupTile tile)) {
            return Assembler.MOST_REGISTERS;
        }
        KernelSpec.Conv2d conv = kernel.spec() instanceof KernelSpec.Dense dense
                ? dense.asConvolution()
                : (KernelSpec.Conv2d) kernel.spec();
        int share = REGISTERS / (tile.threads() * tile.blocksByRegisters(conv));
        return Math.min(share / GRANULARITY * GRANULARITY, MOST_OF_A_THREAD);
    }

    /** Products come in whole steps, so that a loop was unrolled neither in part nor away. */
    private static void multipliesAsPromised(Artefact artefact) {
        Schedule schedule = artefact.kernel().schedule();
        if (schedule instanceof Schedule.TensorCoreTile tile) {
            boolean turing = tile instanceof Schedule.Mma8Tile;
            int products = tile.warpM() / 16 * (tile.warpN() / 8) * 2 * (turing ? 4 : 1);
            int loads = (tile.warpM() / 16 + tile.warpN() / 16) * 2;
            assertThat(artefact.count(MachineOpcode.IMMA))
                    .as("products of matrices")
                    .isPositive();
            assertThat(artefact.count(MachineOpcode.IMMA) % products)
                    .as("%d a step", products)
                    .isZero();
            assertThat(artefact.count(MachineOpcode.LDSM))
                    .as("loads of matrices")
                    .isPositive();
            assertThat(artefact.count(MachineOpcode.LDSM) % loads)
                    .as("%d a step", loads)
                    .isZero();
            assertThat(artefact.count(MachineOpcode.LDGSTS) > 0)
                    .as("asynchronous copies")
                    .isNotEqualTo(turing);
            assertThat(artefact.dotProducts()).as("dot products").isZero();
            return;
        }
        if (schedule instanceof WarpgroupTile tile) {
            multipliesByWarpgroups(artefact, tile);
            return;
        }
        if (schedule instanceof Schedule.PooledTile) {
            multipliesByRows(artefact, (PooledConv2d) artefact.kernel().spec());
            return;
        }
        assertThat(List.of(MachineOpcode.IMMA, MachineOpcode.LDSM, MachineOpcode.LDGSTS, MachineOpcode.IGMMA))
                .allSatisfy(opcode ->
                        assertThat(artefact.count(opcode)).as("%s", opcode).isZero());
        if (schedule instanceof Schedule.Dp4aTile tile) {
            int products = tile.threadM() * tile.threadN() * tile.tileK() / 4;
            assertThat(artefact.count(MachineOpcode.IDP)).as("dot products").isPositive();
            assertThat(artefact.count(MachineOpcode.IDP) % products)
                    .as("%d a step", products)
                    .isZero();
        } else if (artefact.kernel().spec() instanceof KernelSpec.Depthwise) {
            int products = results(artefact.kernel());
            assertThat(artefact.count(MachineOpcode.IDP)).as("dot products").isPositive();
            assertThat(artefact.count(MachineOpcode.IDP) % products)
                    .as("%d a word of taps", products)
                    .isZero();
        } else if (artefact.kernel().spec() instanceof KernelSpec.Grouped grouped && grouped.isOfWords()) {
            int products = results(artefact.kernel());
            assertThat(artefact.count(MachineOpcode.IDP)).as("dot products").isPositive();
            assertThat(artefact.count(MachineOpcode.IDP) % products)
                    .as("%d a word of a group", products)
                    .isZero();
        } else if (isMean(artefact.kernel().spec())) {
            assertThat(artefact.dotProducts()).as("dot products").isPositive();
            assertThat(artefact.dotProducts() % 16)
                    .as("16 a pixel, one for each lane")
                    .isZero();
        } else if (artefact.kernel().spec() instanceof KernelSpec.Dense) {
            assertThat(artefact.count(MachineOpcode.IDP)).as("dot products").isPositive();
        }
    }

    /** Whole rows of a strip at a time, with the weights in registers. */
    private static void multipliesByRows(Artefact artefact, PooledConv2d spec) {
        int products = spec.steps() * spec.group() / 8 / spec.warpsOfStrip();
        assertThat(artefact.count(MachineOpcode.IMMA))
                .as("products of matrices")
                .isPositive();
        assertThat(artefact.count(MachineOpcode.IMMA) % products)
                .as("%d a row", products)
                .isZero();
        assertThat(artefact.count(MachineOpcode.LDGSTS))
                .as("asynchronous copies")
                .isPositive();
        assertThat(artefact.dotProducts()).as("dot products").isZero();
    }

    /** Products of a step of K, or of all of K, with copies for others on their way. */
    private static void multipliesByWarpgroups(Artefact artefact, WarpgroupTile tile) {
        int k = tile instanceof HaloTile
                ? ((KernelSpec.Conv2d) artefact.kernel().spec()).k()
                : WarpgroupTile.TILE_K;
        assertThat(artefact.count(MachineOpcode.IGMMA))
                .as("products of matrices")
                .isBetween(tile.tileN() / 64, tile.tileN() / 64 * ((k + 31) / 32));
        assertThat(artefact.count(MachineOpcode.LDGSTS))
                .as("asynchronous copies")
                .isPositive();
        assertThat(List.of(MachineOpcode.IMMA, MachineOpcode.LDSM))
                .allSatisfy(opcode ->
                        assertThat(artefact.count(opcode)).as("%s", opcode).isZero());
        assertThat(artefact.dotProducts()).as("dot products").isZero();
    }

    /** Whether dot products with a one pick the bytes that a kernel sums. */
    private static boolean isMean(KernelSpec spec) {
        return spec instanceof KernelSpec.GlobalAvgPool || spec instanceof KernelSpec.AvgPool;
    }

    /** Conversions are slow: one for each operand of the epilogue, none in the loops, and none where results are rounded. */
    private static void convertsOnceAResult(Artefact artefact) {
        int results = results(artefact.kernel());
        int toInteger = artefact.count(MachineOpcode.F2I);
        int toFloat = artefact.count(MachineOpcode.I2F) + artefact.count(MachineOpcode.I2FP);
        KernelSpec spec = artefact.kernel().spec();
        if (spec instanceof KernelSpec.Conv2d conv) {
            convertsOnceAResult(results, toInteger, toFloat);
        } else if (spec instanceof KernelSpec.Depthwise conv) {
            convertsOnceAResult(results, toInteger, toFloat);
        } else if (spec instanceof KernelSpec.Grouped conv) {
            convertsOnceAResult(results, toInteger, toFloat);
        } else if (spec instanceof PooledConv2d) {
            assertThat(toInteger).as("roundings by conversion").isZero();
            assertThat(toFloat).as("floats").isPositive();
            assertThat(toFloat % results).as("%d a pooled row", results).isZero();
        } else if (movesBytes(spec) || takesBits(spec)) {
            assertThat(toInteger + toFloat).as("conversions").isZero();
        } else if (spec instanceof KernelSpec.QuantizeFloat) {
            assertThat(toInteger).as("roundings").isZero();
            assertThat(toFloat).as("floats").isZero();
        } else {
            assertThat(toInteger).as("roundings").isLessThanOrEqualTo(results);
            assertThat(toFloat).as("floats").isBetween(1, 2 * results);
        }
    }

    private static void convertsOnceAResult(int results, int toInteger, int toFloat) {
        assertThat(toInteger).as("roundings").isZero();
        assertThat(toFloat).as("floats").isEqualTo(results);
    }

    /** Whether a kernel makes floats of bytes alone, by their bits. */
    private static boolean takesBits(KernelSpec spec) {
        return spec instanceof KernelSpec.Add || spec instanceof KernelSpec.Gate || spec instanceof KernelSpec.Rescale;
    }

    /** Whether a kernel computes no numbers. */
    private static boolean movesBytes(KernelSpec spec) {
        return spec instanceof KernelSpec.MaxPool
                || spec instanceof KernelSpec.Quantize
                || spec instanceof KernelSpec.Lookup
                || spec instanceof KernelSpec.Upsample
                || spec instanceof MoveChannels;
    }

    /** Results of a thread; of several warpgroups that share the steps of a tile only the first has any. */
    private static int results(ScheduledKernel kernel) {
        if (kernel.schedule() instanceof Schedule.TensorCoreTile tile) {
            return tile.warpM() * tile.warpN() / 32;
        }
        if (kernel.schedule() instanceof HaloTile tile) {
            // Rows of a tile beyond an image of few are known to be beyond it.
            int height = ((KernelSpec.Conv2d) kernel.spec()).output().height();
            return tile.sums() / tile.rows() * Math.min(tile.rows(), height);
        }
        if (kernel.schedule() instanceof WarpgroupTile tile) {
            return tile.sums();
        }
        if (kernel.spec() instanceof PooledConv2d spec) {
            return spec.group() / 4 / spec.warpsOfStrip();
        }
        if (kernel.schedule() instanceof Schedule.Dp4aTile tile) {
            return tile.threadM() * tile.threadN();
        }
        if (kernel.schedule() instanceof Schedule.Strip strip) {
            return 4 * strip.pixels();
        }
        return kernel.spec() instanceof KernelSpec.Dense ? 1 : 16;
    }
}
