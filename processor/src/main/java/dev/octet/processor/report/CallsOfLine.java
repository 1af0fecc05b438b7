package dev.octet.processor.report;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Finds the call that a line number of a stack trace means. Of a chain over several lines, each call has the line of its
 * name, while all its trees start where the chain starts, so the ends of the names are needed. The outer javac does not
 * record ends; therefore the source is parsed once more, and calls are matched by their order.
 */
final class CallsOfLine {
    /** Calls of constructors do not count: the outer javac adds default ones. */
    private static final Set<String> CONSTRUCTORS = Set.of("super", "this");

    private final CompilationUnitTree unit;

    CallsOfLine(CompilationUnitTree unit) {
        this.unit = unit;
    }

    /** The call of {@code place}, preferably of its callee; empty if there is none or the source cannot be parsed. */
    Optional<MethodInvocationTree> find(Place place) {
        List<MethodInvocationTree> calls = calls(unit);
        List<NamedCall> named = namedCalls();
        if (named.size() != calls.size()) {
            return Optional.empty();
        }
        Comparator<Integer> order = Comparator.comparing(i -> !place.callee().equals(Optional.of(named.get(i).name)));
        return IntStream.range(0, named.size())
                .boxed()
                .filter(i -> named.get(i).line == place.line())
                .min(order)
                .map(calls::get);
    }

    private List<NamedCall> namedCalls() {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> ignored = new DiagnosticCollector<>();
        JavacTask task = (JavacTask)
                javac.getTask(null, null, ignored, List.of("-proc:none"), null, List.of(unit.getSourceFile()));
        try {
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            CompilationUnitTree copy = task.parse().iterator().next();
            return calls(copy).stream()
                    .map(call -> NamedCall.of(call, copy, positions))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<MethodInvocationTree> calls(CompilationUnitTree unit) {
        List<MethodInvocationTree> calls = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                if (!CONSTRUCTORS.contains(nameOf(call.getMethodSelect()))) {
                    calls.add(call);
                }
                return super.visitMethodInvocation(call, nothing);
            }
        }.scan(unit, null);
        return calls;
    }

    private static String nameOf(ExpressionTree select) {
        if (select instanceof MemberSelectTree member) {
            return member.getIdentifier().toString();
        }
        return select instanceof IdentifierTree identifier
                ? identifier.getName().toString()
                : "";
    }

    /** A call's method name and the line on which the name ends. */
    private record NamedCall(String name, long line) {
        static NamedCall of(MethodInvocationTree call, CompilationUnitTree unit, SourcePositions positions) {
            ExpressionTree select = call.getMethodSelect();
            long end = positions.getEndPosition(unit, select);
            return new NamedCall(
                    nameOf(select), end < 0 ? -1 : unit.getLineMap().getLineNumber(end));
        }
    }
}
