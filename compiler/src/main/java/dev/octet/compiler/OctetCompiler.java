package dev.octet.compiler;

import dev.octet.compiler.launch.ProgramAssembler;
import dev.octet.compiler.schedule.TuningLog;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.launch.LaunchProgram;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The compiler: from a recorded definition to a plan and its kernels. A pure function, equal bytes for equal requests. */
public final class OctetCompiler {
    private OctetCompiler() {}

    /**
     * Compiles a network.
     *
     * @param request the definition with its ports and targets
     * @param writer writes kernels
     * @param dumps receives the graph after every pass
     * @throws CompileException with a code, and the line of the definition where one is at fault
     */
    public static Compilation compile(CompileRequest request, KernelWriter writer, DumpSink dumps) {
        RequestCheck.request(request);
        SizeCheck.windows(request.trace());
        Pipeline pipeline = new Pipeline(dumps);
        Graph fp32 = pipeline.fp32(request.trace());
        RequestCheck.ports(request, fp32);
        SizeCheck.sizes(fp32, request.maxBatch(), request.inputs());
        Graph int8 = pipeline.int8(fp32, request.trace(), request.inputs(), request.fp32());
        SizeCheck.floats(int8, request.maxBatch());
        ProgramAssembler assembler = new ProgramAssembler(request.maxBatch(), writer, request.tuning());
        Plan plan = plan(request, fp32, int8, target -> assembler.program(int8, target));
        Optional<Plan> floats = request.floats() ? Optional.of(floats(request, fp32, assembler)) : Optional.empty();
        return new Compilation(plan, floats, assembler.kernels());
    }

    /**
     * Compiles a network again, from its plan, for one target: with another largest batch, or schedules that other times decide.
     * Equal to what {@link #compile} makes of the definition with these.
     *
     * @param plan the plan, of any targets
     * @param target GPU family of the only launch program
     * @param maxBatch largest batch
     * @param tuning times of kernels, which decide their schedules
     * @param writer writes kernels
     * @throws CompileException with a code if the network is too large for such a batch
     */
    public static Compilation reschedule(
            Plan plan, Target target, int maxBatch, TuningLog tuning, KernelWriter writer) {
        RequestCheck.batch(maxBatch);
        SizeCheck.sizes(plan.fp32(), maxBatch, plan.inputs());
        SizeCheck.floats(plan.int8(), maxBatch);
        ProgramAssembler assembler = new ProgramAssembler(maxBatch, writer, tuning);
        LaunchProgram program = assembler.program(plan.int8(), target);
        Plan rescheduled = new Plan(
                plan.network(), maxBatch, plan.inputs(), plan.outputs(), plan.fp32(), plan.int8(), List.of(program));
        return new Compilation(rescheduled, Optional.empty(), assembler.kernels());
    }

    private static Plan plan(
            CompileRequest request, Graph fp32, Graph graph, Function<Target, LaunchProgram> programs) {
        Plan plan = new Plan(
                request.network(),
                request.maxBatch(),
                request.inputs(),
                request.outputs(),
                fp32,
                graph,
                request.targets().stream().map(programs).toList());
        plan.programs().forEach(program -> SizeCheck.arena(program.arenaBytesPerImage()));
        return plan;
    }

    /** Its graph is not dumped: a dump has one graph for each pass. */
    private static Plan floats(CompileRequest request, Graph fp32, ProgramAssembler assembler) {
        FloatsCheck.require(request, fp32);
        Graph graph = new Pipeline((pass, text) -> {}).floats(fp32, request.inputs());
        SizeCheck.floats(graph, request.maxBatch());
        return plan(
                request, fp32, graph, target -> assembler.program(graph, target).with(assembler.statistics(target)));
    }
}
