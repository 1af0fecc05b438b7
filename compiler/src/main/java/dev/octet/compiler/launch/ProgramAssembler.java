package dev.octet.compiler.launch;

import dev.octet.compiler.Compilation.KernelSource;
import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.compiler.KernelWriter;
import dev.octet.compiler.kernel.FloatStatistic;
import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.compiler.kernel.KernelSpec;
import dev.octet.compiler.kernel.LowerRegions;
import dev.octet.compiler.memory.PlanArena;
import dev.octet.compiler.region.PartitionRegions;
import dev.octet.compiler.schedule.LaunchGeometry;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.io.Sha256;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Region;
import dev.octet.plan.launch.Statistic;
import dev.octet.plan.launch.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Assembles the launch programs of a network's laid-out graphs, and collects the sources of their kernels. */
public final class ProgramAssembler {
    private static final int HASH_DIGITS = 32;

    private final int maxBatch;
    private final KernelWriter writer;
    private final TuningLog tuning;
    private final Map<String, KernelSource> kernels = new LinkedHashMap<>();

    /**
     * Assembles programs for batches of 1 to {@code maxBatch} images.
     *
     * @param writer writes kernels
     * @param tuning decides schedules where it has times
     */
    public ProgramAssembler(int maxBatch, KernelWriter writer, TuningLog tuning) {
        this.maxBatch = maxBatch;
        this.writer = writer;
        this.tuning = tuning;
    }

    /** The program of a graph for a target, checked. */
    public LaunchProgram program(Graph graph, Target target) {
        List<Region> regions = PartitionRegions.run(graph, target);
        PlanArena arena = PlanArena.of(graph, regions);
        LowerRegions lowering = new LowerRegions(graph);
        Map<Integer, Node> nodes = graph.byId();
        List<Step> steps = new ArrayList<>();
        for (Region region : regions) {
            steps.add(step(target, region, region.ops().stream().map(nodes::get).toList(), lowering.spec(region)));
        }
        LaunchProgram program = new LaunchProgram(target, 1, maxBatch, arena.buffers(), arena.bytesPerImage(), steps);
        ProgramVerifier.verify(graph, program);
        return program;
    }

    private Step step(Target target, Region region, List<Node> ops, KernelSpec spec) {
        if (!KernelCatalog.contains(target, spec)) {
            throw new CompileException(CompilerCode.NO_KERNEL, ops.get(0).line(), spec.canonicalName(), target.text());
        }
        Schedule schedule = ScheduleSelector.select(spec, target, maxBatch, tuning);
        KernelSource source = source(new ScheduledKernel(spec, schedule, target));
        return new Step(
                region,
                new Step.Kernel(source.name(), source.hash()),
                LaunchGeometry.of(spec, schedule),
                StepArguments.of(ops, spec, LaunchGeometry.packing(spec, schedule)),
                List.of(),
                Step.Workspace.NONE);
    }

    /** The kernels that count values, of a target. */
    public List<Statistic> statistics(Target target) {
        return Stream.of(Statistic.Kind.values())
                .map(kind -> statistic(target, new FloatStatistic(kind)))
                .toList();
    }

    private Statistic statistic(Target target, FloatStatistic spec) {
        Schedule schedule = ScheduleSelector.select(spec, target, maxBatch, tuning);
        KernelSource source = source(new ScheduledKernel(spec, schedule, target));
        return new Statistic(
                spec.kind(), new Step.Kernel(source.name(), source.hash()), LaunchGeometry.of(spec, schedule));
    }

    private KernelSource source(ScheduledKernel kernel) {
        return kernels.computeIfAbsent(kernel.name(), name -> {
            String text = writer.source(kernel);
            return new KernelSource(kernel.target(), name, hash(text), text);
        });
    }

    /** Sources of all programs so far, in order of first use. */
    public List<KernelSource> kernels() {
        return List.copyOf(kernels.values());
    }

    private static String hash(String text) {
        return Sha256.hex(text).substring(0, HASH_DIGITS);
    }
}
