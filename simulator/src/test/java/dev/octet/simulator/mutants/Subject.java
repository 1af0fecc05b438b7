package dev.octet.simulator.mutants;

import dev.octet.codegen.cuda.KernelTrial;
import dev.octet.codegen.cuda.Operands;
import dev.octet.codegen.cuda.Operands.Fill;
import dev.octet.codegen.cuda.TrialPlan;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.WarpgroupTile;
import dev.octet.compiler.schedule.WgmmaTile;
import dev.octet.plan.launch.Geometry;
import dev.octet.simulator.CompiledKernels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A kernel to make mistakes in.
 *
 * @param kernel the kernel
 * @param trials launches with random operands
 * @param ptx its lines
 * @param equivalence tells which changes change nothing
 */
record Subject(ScheduledKernel kernel, List<KernelTrial> trials, List<String> ptx, Equivalence equivalence) {
    private static final String ENTRY = ".visible .entry ";
    private static final int CONVOLUTIONS = 8;
    private static final int OTHERS = 3;
    private static final int MOST_BYTES = 40_000;

    /** Tiles of warpgroups fill their weights up to more. */
    private static final int MOST_BYTES_OF_WARPGROUPS = 100_000;

    private static final int LARGE_BATCH = 9;
    /** One less than the pixels of most tiles of warpgroups, which is odd. */
    private static final int MANY = 63;

    /**
     * Kernels of all families and targets: edge cases and random shapes of {@link TrialPlan} that take little time. Those of
     * pixels of one word are left out, unless they pool.
     */
    static SortedMap<String, List<KernelTrial>> choose(long seed) {
        SortedMap<String, List<KernelTrial>> families = new TreeMap<>();
        Stream.concat(TrialPlan.convolutions(seed).stream(), TrialPlan.others(seed).stream())
                .filter(trial -> !hasWords(trial.kernel().spec()))
                .filter(trial -> !isMostlyFill(trial.kernel()))
                .filter(Subject::isSmall)
                .forEach(trial -> families.computeIfAbsent(family(trial.kernel()), name -> new ArrayList<>())
                        .add(trial));
        families.replaceAll((family, trials) -> {
            int count = Math.min(trials.size(), family.contains("Conv2d") ? CONVOLUTIONS : OTHERS);
            return IntStream.range(0, count)
                    .mapToObj(i -> trials.get(i * trials.size() / count))
                    .toList();
        });
        return families;
    }

    private static boolean isSmall(KernelTrial trial) {
        boolean warpgroups = trial.kernel().schedule() instanceof WarpgroupTile;
        return trial.buffers().stream().mapToInt(b -> b.length).sum()
                < (warpgroups ? MOST_BYTES_OF_WARPGROUPS : MOST_BYTES);
    }

    /**
     * Whether a mistake would mostly hit zeros: a convolution has one step of K only, or fewer channels than half its tile, or
     * most lanes of a pixel are padding.
     */
    private static boolean isMostlyFill(ScheduledKernel kernel) {
        if (kernel.spec() instanceof KernelSpec.Conv2d conv) {
            return conv.k() <= mostTakenAtOnce(kernel.schedule())
                    || conv.output().channels() * 2 <= tileN(kernel.schedule());
        }
        return result(kernel.spec())
                .filter(extent -> extent.channels() * 2 <= extent.pitch())
                .isPresent();
    }

    /** Whether pixels of one word are read or written. */
    private static boolean hasWords(KernelSpec spec) {
        return spec instanceof KernelSpec.Conv2d conv && conv.readsWords()
                || spec instanceof KernelSpec.Quantize quantize
                        && quantize.output().pitch() == KernelSpec.WORD
                || spec instanceof KernelSpec.QuantizeFloat floats
                        && floats.output().pitch() == KernelSpec.WORD;
    }

    /**
     * Bytes of K behind which nothing comes that mistakes could harm: a step of tensor cores, and all steps that warpgroups
     * have room for, since what is written but once cannot be overwritten too early. 0 without tensor cores, and for tiles with a halo,
     * which have all of K at once.
     */
    private static int mostTakenAtOnce(Schedule schedule) {
        if (schedule instanceof WgmmaTile tile) {
            return tile.stages() * tile.slices() * WgmmaTile.TILE_K;
        }
        return schedule instanceof Schedule.TensorCoreTile ? Schedule.TensorCoreTile.TILE_K : 0;
    }

    private static int tileN(Schedule schedule) {
        if (schedule instanceof WarpgroupTile tile) {
            return tile.tileN();
        }
        return schedule instanceof Schedule.TensorCoreTile tile ? tile.tileN() : ((Schedule.Dp4aTile) schedule).tileN();
    }

    /** Extents of the result of families whose trials have many lanes of padding. */
    private static Optional<KernelSpec.Extent> result(KernelSpec spec) {
        if (spec instanceof KernelSpec.Depthwise depthwise) {
            return Optional.of(depthwise.output());
        } else if (spec instanceof KernelSpec.Grouped grouped) {
            return Optional.of(grouped.output());
        } else if (spec instanceof KernelSpec.QuantizeFloat quantize) {
            return Optional.of(quantize.output());
        } else if (spec instanceof KernelSpec.AvgPool pool) {
            return Optional.of(pool.output());
        } else if (spec instanceof KernelSpec.Gate gate) {
            return Optional.of(gate.extent());
        }
        return spec instanceof KernelSpec.Lookup lookup ? Optional.of(lookup.extent()) : Optional.empty();
    }

    /** Target and family of a kernel. */
    static String family(ScheduledKernel kernel) {
        return kernel.target().text() + " " + kernel.spec().getClass().getSimpleName();
    }

    /** Compiles the kernels of trials of one target. */
    static List<Subject> compile(List<KernelTrial> trials, Path directory, String name, long seed) throws Exception {
        List<ScheduledKernel> kernels = trials.stream().map(KernelTrial::kernel).toList();
        String module = CompiledKernels.ptx(directory, name, kernels.get(0).target(), kernels);
        return trials.stream().map(trial -> of(trial, module, seed)).toList();
    }

    private static Subject of(KernelTrial trial, String module, long seed) {
        List<KernelTrial> trials = trials(trial, seed);
        List<String> ptx = Arrays.asList(alone(module, trial.kernel().name()).split("\n"));
        Geometry geometry = trial.geometry();
        int blocks = trials.stream()
                .mapToInt(each -> geometry.gridX(each.batch()))
                .max()
                .orElseThrow();
        return new Subject(
                trial.kernel(), trials, ptx, new Equivalence(ptx, geometry.threads(), blocks, geometry.gridY()));
    }

    /**
     * One to four images, so that pixels end at any of a thread's, and as many as need two blocks: those of extreme values, and
     * others that are rounded. Of small values the maxima are small too. For warpgroups there are also so many that images
     * begin at most pixels of a tile: with an odd number blocks walk far, with an even one each begins at a tile of its own.
     */
    private static List<KernelTrial> trials(KernelTrial trial, long seed) {
        boolean sums = trial.kernel().spec() instanceof KernelSpec.Add; // their trials want values of all sizes
        int large = LARGE_BATCH;
        while (trial.geometry().gridX(large) < 2) {
            large++;
        }
        List<KernelTrial> trials = new ArrayList<>(List.of(
                trial,
                again(trial, 3, seed, Fill.WIDE),
                again(trial, 1, seed, sums ? Fill.WIDE : Fill.CLOSE),
                again(trial, 2, seed, Fill.WIDE),
                again(trial, 4, seed, Fill.WIDE),
                again(trial, large, seed, sums ? Fill.WIDE : Fill.EXTREME),
                again(trial, large, seed + 1, Fill.WIDE),
                again(trial, 3, seed, sums ? Fill.WIDE : Fill.SMALL)));
        if (trial.kernel().schedule() instanceof WarpgroupTile) {
            trials.add(again(trial, MANY, seed, Fill.WIDE));
            trials.add(again(trial, MANY + 1, seed, Fill.WIDE));
        }
        return trials;
    }

    /** One of a module's entries, with the module's head and the shared memory that launches decide about. */
    private static String alone(String module, String entry) {
        String head = module.substring(0, module.indexOf('\n', module.indexOf(".address_size")) + 1);
        String dynamic = module.lines()
                .filter(line -> line.startsWith(".extern .shared"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        int start = module.indexOf(ENTRY + entry + "(");
        int next = module.indexOf(ENTRY, start + 1);
        String text = module.substring(start, next < 0 ? module.length() : next);
        return head + dynamic + text.substring(0, text.lastIndexOf("\n}\n") + 3);
    }

    private static KernelTrial again(KernelTrial trial, int batch, long seed, Fill fill) {
        ScheduledKernel kernel = trial.kernel();
        Operands operands = new Operands(seed + batch, fill);
        return KernelTrial.of(new KernelTrial.Request(
                trial.title(), kernel.spec(), kernel.schedule(), kernel.target(), batch, operands));
    }

    /** The text with another line in place of one. */
    String withLine(int index, String line) {
        List<String> lines = new ArrayList<>(ptx);
        lines.set(index, line);
        return String.join("\n", lines);
    }
}
