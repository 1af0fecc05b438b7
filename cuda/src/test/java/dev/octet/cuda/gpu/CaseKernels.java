package dev.octet.cuda.gpu;

import dev.octet.codegen.cuda.CudaWriter;
import dev.octet.compiler.schedule.LaunchGeometry;
import dev.octet.compiler.schedule.Schedule;
import dev.octet.compiler.schedule.ScheduleSelector;
import dev.octet.compiler.schedule.ScheduledKernel;
import dev.octet.plan.Target;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Argument;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.PackSpec;
import dev.octet.plan.launch.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Kernels for a case, one for each of some schedules, with the programs that launch them. */
final class CaseKernels {
    private static final CudaWriter WRITER = new CudaWriter();

    private final KernelCase kernelCase;
    private final Target target;
    private final Map<String, String> sources = new TreeMap<>();
    private final List<LaunchProgram> programs = new ArrayList<>();

    /** With all schedules that the compiler might choose. */
    CaseKernels(KernelCase kernelCase, Target target) {
        this(kernelCase, target, ScheduleSelector.candidates(kernelCase.spec(), target));
    }

    CaseKernels(KernelCase kernelCase, Target target, List<Schedule> schedules) {
        this.kernelCase = kernelCase;
        this.target = target;
        for (Schedule schedule : schedules) {
            programs.add(program(schedule));
        }
    }

    KernelCase kernelCase() {
        return kernelCase;
    }

    /** Sources by hash. */
    Map<String, String> sources() {
        return sources;
    }

    /** A program for each schedule. */
    List<LaunchProgram> programs() {
        return programs;
    }

    private LaunchProgram program(Schedule schedule) {
        ScheduledKernel kernel = new ScheduledKernel(kernelCase.spec(), schedule, target);
        String source = WRITER.source(kernel);
        String hash = hash(source);
        sources.put(hash, source);
        Step step = new Step(
                kernelCase.region(),
                new Step.Kernel(kernel.name(), hash),
                LaunchGeometry.of(kernelCase.spec(), schedule),
                arguments(LaunchGeometry.packing(kernelCase.spec(), schedule)),
                List.of(),
                Step.Workspace.NONE);
        List<Buffer> buffers = buffers();
        Buffer last = buffers.get(buffers.size() - 1);
        return new LaunchProgram(
                target, 1, KernelCase.IMAGES, buffers, last.offset() + last.bytesPerImage(), List.of(step));
    }

    /** Kernel ABI 1. */
    private List<Argument> arguments(Optional<PackSpec> packing) {
        Node op = kernelCase.first();
        List<Argument> arguments = new ArrayList<>();
        op.inputs().forEach(input -> arguments.add(new Argument.Value(input)));
        arguments.add(new Argument.Value(kernelCase.op().id()));
        packing.ifPresent(pack -> arguments.add(new Argument.Weights(op.id(), pack)));
        if (kernelCase.hasConstants()) {
            arguments.add(new Argument.Constants(op.id()));
        }
        return arguments;
    }

    private List<Buffer> buffers() {
        List<Buffer> buffers = new ArrayList<>();
        long offset = 0;
        for (Node node : kernelCase.graph().nodes()) {
            if (!(node.op() instanceof Op.Output) && isVisible(node)) {
                long bytes = node.type().bytesPerImage();
                buffers.add(new Buffer(node.id(), offset, bytes));
                offset += (bytes + Buffer.ALIGNMENT - 1) / Buffer.ALIGNMENT * Buffer.ALIGNMENT;
            }
        }
        return buffers;
    }

    /** Whether a value has a buffer: those that a kernel makes for itself have none. */
    private boolean isVisible(Node node) {
        return !kernelCase.region().ops().contains(node.id()) || node.equals(kernelCase.op());
    }

    private static String hash(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
