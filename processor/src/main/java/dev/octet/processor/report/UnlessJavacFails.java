package dev.octet.processor.report;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;

/**
 * Holds a failure of the nested compilation back until javac has generated all classes of the source that it is about.
 * If that source is wrong, javac never does, and its own messages, which are complete, are the only ones; otherwise the
 * failure is reported then.
 */
public final class UnlessJavacFails implements TaskListener {
    private final Runnable report;
    private final JavaFileObject source;
    private final Set<String> awaited = new HashSet<>();

    private UnlessJavacFails(Runnable report, CompilationUnitTree unit) {
        this.report = report;
        this.source = unit.getSourceFile();
        unit.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .forEach(type -> awaited.add(((ClassTree) type).getSimpleName().toString()));
    }

    /**
     * Reports {@code failure} if javac finds nothing wrong itself.
     *
     * @param home the source of {@code definition}, which counts if the failure has no place
     */
    public static void report(
            ProcessingEnvironment environment,
            Reporter reporter,
            TypeElement definition,
            CompilationUnitTree home,
            Failure failure) {
        CompilationUnitTree unit = failure.place().map(Place::unit).orElse(home);
        JavacTask.instance(environment)
                .addTaskListener(new UnlessJavacFails(reporter.errorForLater(definition, failure), unit));
    }

    @Override
    public void finished(TaskEvent event) {
        boolean ours = event.getKind() == TaskEvent.Kind.GENERATE
                && event.getTypeElement() != null
                && source.equals(event.getSourceFile());
        if (ours && awaited.remove(event.getTypeElement().getSimpleName().toString()) && awaited.isEmpty()) {
            report.run();
        }
    }
}
