package dev.octet.codegen.cuda;

import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import java.util.List;
import java.util.Random;

/** Which kernels are tried on the host and in the simulator, with which batches. */
public final class TrialPlan {
    private static final int RANDOM_CONVOLUTIONS = 24;
    private static final int RANDOM_CONVOLUTIONS_ON_TURING = 12;
    private static final int RANDOM_CONVOLUTIONS_OF_WORDS = 24;
    private static final int RANDOM_POOLED_CONVOLUTIONS = 24;

    private TrialPlan() {}

    /** Every example of every row of the catalogue, the schedules that the compiler may choose taking turns. */
    public static List<KernelTrial> catalogue(long seed) {
        TrialList list = new TrialList(seed);
        for (KernelCatalog.Row row : KernelCatalog.rows()) {
            for (KernelSpec spec : row.examples()) {
                List<Schedule> schedules = ScheduleSelector.candidates(spec, row.target());
                int number = list.trials().size();
                Schedule schedule = schedules.get(number % schedules.size());
                list.add(row.toString(), spec, schedule, row.target(), 1 + number % 3);
            }
        }
        return list.trials();
    }

    /** Convolutions at the edges of tiles, images and types, and random ones. */
    public static List<KernelTrial> convolutions(long seed) {
        TrialList list = new TrialList(seed);
        ConvolutionTrials convolutions = new ConvolutionTrials(list);
        TensorCoreTrials tensorCores = new TensorCoreTrials(list);
        GroupTrials groups = new GroupTrials(list);
        PooledTrials pooled = new PooledTrials(list);
        convolutions.channelsAndTypes();
        convolutions.windows();
        convolutions.tiles();
        tensorCores.tensorCores();
        tensorCores.warpgroups();
        groups.depthwiseConvolutions();
        groups.groupedConvolutions();
        for (int i = 0; i < RANDOM_CONVOLUTIONS; i++) {
            convolutions.randomConvolution(new Random(seed + i), ConvolutionTrials::tiles);
            groups.randomStrip(new Random(seed + i));
        }
        tensorCores.turing();
        for (int i = 0; i < RANDOM_CONVOLUTIONS_ON_TURING; i++) {
            convolutions.randomConvolution(new Random(seed - 1 - i), input -> List.of(Trials.MMA8, Trials.MMA8_NARROW));
        }
        convolutions.pixelsOfWords();
        for (int i = 0; i < RANDOM_CONVOLUTIONS_OF_WORDS; i++) {
            convolutions.randomConvolutionOfWords(new Random(seed + 100 + i));
        }
        pooled.pooledConvolutions();
        for (int i = 0; i < RANDOM_POOLED_CONVOLUTIONS; i++) {
            pooled.randomPooledConvolution(new Random(seed + 200 + i));
        }
        tensorCores.warpgroupsThatComeRound();
        tensorCores.walksWithHalos();
        return list.trials();
    }

    /** Convolutions with groups of two channels, for every target: a compiler may make dot products of halves of them. */
    public static List<KernelTrial> groupsOfTwo(long seed) {
        TrialList list = new TrialList(seed);
        new GroupTrials(list).groupsOfTwo();
        return list.trials();
    }

    /** The other families at the edges of vectors, images and types. */
    public static List<KernelTrial> others(long seed) {
        TrialList list = new TrialList(seed);
        OtherTrials others = new OtherTrials(list);
        others.denseLayers();
        others.pools();
        others.slicedPools();
        others.conversions();
        others.windowMeans();
        others.gatesAndTables();
        others.movements();
        return list.trials();
    }
}
