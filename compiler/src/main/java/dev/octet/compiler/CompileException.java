package dev.octet.compiler;

import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.graph.SourceLine;
import java.util.Objects;
import java.util.Optional;

/** A network that cannot be compiled: a code, a message that says what to do, and the line of the definition. */
public final class CompileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient DiagnosticCode code;
    private final transient Optional<SourceLine> line;

    /** A failure at a line of the definition, or of the whole network where {@code line} is empty. */
    public CompileException(DiagnosticCode code, Optional<SourceLine> line, Object... arguments) {
        super(code.message(arguments));
        this.code = Objects.requireNonNull(code);
        this.line = Objects.requireNonNull(line);
    }

    /** The diagnostic code. */
    public DiagnosticCode code() {
        return code;
    }

    /** The line of the definition that caused the failure, where one did. */
    public Optional<SourceLine> line() {
        return line;
    }
}
