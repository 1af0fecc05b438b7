package dev.octet.compiler.pass;

import dev.octet.compiler.CompileException;
import dev.octet.compiler.CompilerCode;
import dev.octet.dsl.trace.TracedNetwork;
import dev.octet.dsl.trace.TracedNode;
import dev.octet.plan.graph.Graph;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.SourceLine;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a recorded definition into a graph: the first step of the pipeline.
 *
 * <pre>
 * 1: conv1 = Conv2d(conv1, 16, 3x3) of [1,28,28] at Fashion.java:9
 *     becomes
 * %1 conv1 : f32[16,28,28] = conv2d(%0) layer=conv1 weight=tensor(conv1.weight,[16,1,3,3]) @Fashion.java:9
 * </pre>
 *
 * Values keep their numbers and names. Weight keys are the layer's name and {@code .weight} or {@code .bias}.
 */
public final class ImportTrace {
    private final Map<Integer, Shape> shapes = new HashMap<>();
    private final Set<String> layers = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private ImportTrace() {}

    /**
     * The traced graph. Throws {@link CompileException} at the line of a call that cannot be represented: a shape or
     * window out of range, a reserved or repeated name.
     */
    public static Graph run(TracedNetwork network) {
        ImportTrace importing = new ImportTrace();
        List<Node> nodes = new ArrayList<>();
        for (TracedNode traced : network.nodes()) {
            nodes.add(importing.node(traced));
        }
        return new Graph(Stage.TRACED, nodes);
    }

    private Node node(TracedNode traced) {
        Optional<SourceLine> line = line(traced.line());
        refuseReserved(traced.name(), line);
        if (!names.add(traced.name())) {
            throw bad(traced, line, "another value has this name");
        }
        try {
            List<Shape> operands = traced.inputs().stream().map(this::shape).toList();
            Shape shape = new Shape(traced.shape());
            TracedOperator operator = TracedOperator.of(traced.op(), operands);
            operator.layer().filter(layer -> !layers.add(layer)).ifPresent(layer -> {
                throw new CompileException(CompilerCode.DUPLICATE_LAYER, line, layer);
            });
            shapes.put(traced.id(), shape);
            return new Node(traced.id(), traced.name(), operator.op(), traced.inputs(), TensorType.f32(shape), line);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw bad(traced, line, e.getMessage());
        }
    }

    private Shape shape(int id) {
        Shape shape = shapes.get(id);
        if (shape == null) {
            throw new IllegalArgumentException("it uses value " + id + " before it is made");
        }
        return shape;
    }

    private static void refuseReserved(String name, Optional<SourceLine> line) {
        for (String suffix : AssignTypes.SUFFIXES) {
            if (name.endsWith(suffix)) {
                throw new CompileException(CompilerCode.RESERVED_NAME, line, name, suffix);
            }
        }
    }

    private static CompileException bad(TracedNode traced, Optional<SourceLine> line, String reason) {
        return new CompileException(CompilerCode.BAD_CALL, line, traced.name(), reason);
    }

    /** The line of a call; empty where the class was compiled without line numbers. */
    public static Optional<SourceLine> line(StackTraceElement frame) {
        if (frame == null || frame.getFileName() == null || frame.getLineNumber() < 1) {
            return Optional.empty();
        }
        return Optional.of(new SourceLine(frame.getClassName(), frame.getFileName(), frame.getLineNumber()));
    }
}
