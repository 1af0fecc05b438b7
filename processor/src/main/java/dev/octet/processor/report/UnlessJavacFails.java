package dev.octet.processor.report;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/**
 * Holds a failure of the nested compilation back until javac starts to generate code. If the sources are wrong, javac
 * never does, and its own messages, which are complete, are the only ones; otherwise the failure is reported then.
 */
public final class UnlessJavacFails implements TaskListener {
    private final Reporter reporter;
    private final TypeElement definition;
    private final Failure failure;
    private boolean reported;

    private UnlessJavacFails(Reporter reporter, TypeElement definition, Failure failure) {
        this.reporter = reporter;
        this.definition = definition;
        this.failure = failure;
    }

    /** Reports {@code failure} if javac finds nothing wrong itself. */
    public static void report(
            ProcessingEnvironment environment, Reporter reporter, TypeElement definition, Failure failure) {
        JavacTask.instance(environment).addTaskListener(new UnlessJavacFails(reporter, definition, failure));
    }

    @Override
    public void started(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.GENERATE && !reported) {
            reported = true;
            reporter.error(definition, failure);
        }
    }
}
