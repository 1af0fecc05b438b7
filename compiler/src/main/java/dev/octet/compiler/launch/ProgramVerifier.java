package dev.octet.compiler.launch;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.compiler.region.PartitionRegions;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a finished launch program by running it on paper: a write destroys every value whose memory it touches, and
 * each read must find its value. It shares no code with the planner.
 */
public final class ProgramVerifier {
    private final Graph graph;
    private final LaunchProgram program;
    private final Map<Integer, Node> nodes;
    private final Map<Integer, Buffer> buffers = new HashMap<>();
    private final Set<Integer> present = new HashSet<>();
    private final Set<Integer> computed = new HashSet<>();

    private ProgramVerifier(Graph graph, LaunchProgram program) {
        this.graph = graph;
        this.program = program;
        this.nodes = graph.byId();
    }

    /**
     * Throws {@link CompileException} unless every operator runs once, after its operands; every operand is in memory
     * when it is read, and every input and output at the end; no step's result lies on its operand; and every step
     * computes something, so that none only transposes.
     */
    public static void verify(Graph graph, LaunchProgram program) {
        new ProgramVerifier(graph, program).verify();
    }

    private void verify() {
        for (Buffer buffer : program.buffers()) {
            require(buffers.put(buffer.value(), buffer) == null, "%s has two buffers", name(buffer.value()));
        }
        graph.nodes(Op.Input.class).forEach(input -> write(input.id()));
        program.steps().forEach(this::run);
        for (Node node : graph.nodes()) {
            boolean done = !PartitionRegions.launches(node) || computed.contains(node.id());
            require(done, "no step computes %s", node.name());
        }
        graph.nodes(Op.Input.class).forEach(input -> requirePresent(input.id(), "the caller"));
        graph.nodes(Op.Output.class)
                .forEach(output -> requirePresent(graph.made(output).id(), "the caller"));
    }

    private void run(Step step) {
        String kernel = step.kernel().name();
        List<Integer> operands = step.region().inputs();
        operands.forEach(value -> requirePresent(value, kernel));
        for (int op : step.region().ops()) {
            require(PartitionRegions.launches(nodes.get(op)), "%s moves %s and computes nothing", kernel, name(op));
            require(computed.add(op), "%s is computed twice", name(op));
        }
        step.region().outputs().forEach(this::write);
        for (int value : operands) {
            require(present.contains(value), "%s writes over its operand %s", kernel, name(value));
        }
        for (int value : step.region().outputs()) {
            require(present.contains(value), "%s writes twice over %s", kernel, name(value));
        }
    }

    private void write(int value) {
        Buffer written = buffer(value);
        present.removeIf(other -> overlap(written, buffer(other)));
        present.add(value);
    }

    private void requirePresent(int value, String reader) {
        require(present.contains(value), "%s is not in memory when %s reads it", name(value), reader);
    }

    private Buffer buffer(int value) {
        Buffer buffer = buffers.get(value);
        require(buffer != null, "%s has no buffer", name(value));
        return buffer;
    }

    private static boolean overlap(Buffer x, Buffer y) {
        return x.offset() < y.offset() + y.bytesPerImage() && y.offset() < x.offset() + x.bytesPerImage();
    }

    private String name(int value) {
        Node node = nodes.get(value);
        return "%" + value + (node == null ? "" : " " + node.name());
    }

    private void require(boolean condition, String rule, Object... arguments) {
        if (!condition) {
            throw new CompileException(
                    CompilerCode.INVALID_PLAN,
                    Optional.empty(),
                    program.target().text(),
                    String.format(Locale.ROOT, rule, arguments));
        }
    }
}
