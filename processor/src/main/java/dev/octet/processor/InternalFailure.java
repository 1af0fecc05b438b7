package dev.octet.processor;

import dev.octet.processor.report.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import javax.lang.model.element.TypeElement;

/** An exception that nobody expected: it must neither be lost nor end javac with a bare trace. */
final class InternalFailure {
    private InternalFailure() {}

    static Failure of(TypeElement definition, RuntimeException e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return new Failure(HostCode.INTERNAL, definition.getQualifiedName(), e, trace);
    }
}
