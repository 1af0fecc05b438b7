package dev.octet.compiler;

import dev.octet.compiler.launch.ProgramAssembler;
import dev.octet.plan.Plan;
import dev.octet.plan.graph.Graph;

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
        SizeCheck.sizes(fp32, request);
        Graph int8 = pipeline.int8(fp32, request.trace(), request.inputs(), request.fp32());
        SizeCheck.floats(int8, request.maxBatch());
        ProgramAssembler assembler = new ProgramAssembler(int8, request.maxBatch(), writer);
        Plan plan = new Plan(
                request.network(),
                request.maxBatch(),
                request.inputs(),
                request.outputs(),
                fp32,
                int8,
                request.targets().stream().map(assembler::program).toList());
        plan.programs().forEach(program -> SizeCheck.arena(program.arenaBytesPerImage()));
        return new Compilation(plan, assembler.kernels());
    }
}
