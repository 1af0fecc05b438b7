package dev.octet.dsl;

import java.util.Optional;

/** A definition that is wrong. */
public final class DslException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final DslCode code;
    private final StackTraceElement line;
    private final boolean scoped;

    /** A failure of the call that is on the stack. */
    public DslException(DslCode code, Object... arguments) {
        this((StackTraceElement) null, code, arguments);
    }

    /** A failure of an earlier call, made at {@code line}. */
    public DslException(StackTraceElement line, DslCode code, Object... arguments) {
        super(code.message(arguments));
        this.code = code;
        this.line = line;
        this.scoped = false;
    }

    private DslException(DslException failure, String scope) {
        super(failure.getMessage() + " In scope " + scope + ".", failure.getCause());
        this.code = failure.code;
        this.line = failure.line;
        this.scoped = true;
        setStackTrace(failure.getStackTrace());
    }

    /**
     * The same failure, saying in which scope it happened: blocks are shared, and their lines do not tell for which layer
     * they ran. The innermost scope is said, by its complete name.
     */
    public DslException within(String scope) {
        return scoped ? this : new DslException(this, scope);
    }

    /** What is wrong. */
    public DslCode code() {
        return code;
    }

    /** The line of the call that is wrong, if it is not the one that threw this exception. */
    public Optional<StackTraceElement> line() {
        return Optional.ofNullable(line);
    }
}
